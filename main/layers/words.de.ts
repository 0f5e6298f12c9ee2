import type { Sentences } from '../../preload/contract/say'

export default {
  'What is in the layers of this image is not known any more.':
    'Was in den Layern dieses Images ist, ist nicht mehr bekannt.',
  'Analyse the image again.': 'Analysieren Sie das Image erneut.',
  "The image's export is damaged: it {0}.": 'Der Export des Images ist beschädigt: Er {0}.',
  'Try again; pull or build the image again if this goes on.':
    'Versuchen Sie es erneut; bleibt es dabei, pullen oder bauen Sie das Image neu.',
  'cannot be read': 'ist nicht lesbar',
  'The image has too many files to be analysed.':
    'Das Image hat zu viele Dateien für eine Analyse.',
  'Up to {0} files and folders in all its layers together are held in memory.':
    'Bis zu {0} Dateien und Ordner aus allen Layern zusammen werden im Speicher gehalten.',
  'has too many files': 'hat zu viele Dateien',
  'describes itself at length': 'beschreibt sich zu ausführlich',
  'has no configuration': 'hat keine Konfiguration',
  'has not the layers that it names': 'hat nicht die Layer, die er nennt',
  'does not say which image it has': 'sagt nicht, welches Image er enthält',
  'The folder is not there.': 'Den Ordner gibt es nicht.',
  'The image has {0} layers.': 'Das Image hat {0} Layer.',
} satisfies Sentences
