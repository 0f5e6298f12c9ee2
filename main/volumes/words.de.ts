import type { Sentences } from '../../preload/contract/say'

export default {
  'There is a volume "{0}" already.': 'Es gibt schon ein Volume „{0}“.',
  'Choose another name, or use the one that is there.':
    'Wählen Sie einen anderen Namen, oder nutzen Sie das vorhandene.',
  'The engine has no volume driver "{0}".': 'Die Engine hat keinen Volume-Treiber „{0}“.',
  'Use "local", or install the plugin first.':
    'Nutzen Sie „local“, oder installieren Sie zuerst das Plugin.',
  'The driver does not take these options.': 'Der Treiber nimmt diese Optionen nicht an.',
  'The local driver knows type, device and o, as mount(8) does.':
    'Der Treiber „local“ kennt type, device und o, wie mount(8).',
  'Remove what uses it first.': 'Entfernen Sie zuerst, was es benutzt.',
  'The container {0} uses it.': 'Der Container {0} benutzt es.',
  'Containers use it: {0}.': 'Container benutzen es: {0}.',
  'Remove them first; stopping is not enough.': 'Entfernen Sie sie zuerst; Stoppen reicht nicht.',
  'Not all files of the volume could be read.':
    'Nicht alle Dateien des Volumes konnten gelesen werden.',
  'The engine does not tell how large this volume is.':
    'Die Engine sagt nicht, wie groß dieses Volume ist.',
  'Its driver may not know it.': 'Sein Treiber weiß es vielleicht nicht.',
  '{0} volumes': '{0} Volumes',
  'claims to hold more than any disk': 'gibt an, mehr zu enthalten als jede Platte',
  'holds a device ({0})': 'enthält eine Gerätedatei ({0})',
  'has a file behind a link ({0})': 'hat eine Datei hinter einem Link ({0})',
  'has too many links': 'hat zu viele Links',
  'Files of the same names in it would be replaced; others would stay.':
    'Gleichnamige Dateien darin würden ersetzt; andere blieben.',
} satisfies Sentences
