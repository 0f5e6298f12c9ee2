import type { Sentences } from '../../preload/contract/say'

export default {
  'CPU that rises and falls, up to a limit of half a core.':
    'CPU, die steigt und fällt, bis zum Limit von einem halben Kern.',
  'Memory that grows by 2 MiB a second and is given back at 56 MiB.':
    'Speicher, der um 2 MiB pro Sekunde wächst und bei 56 MiB zurückgegeben wird.',
  'A little CPU all the time, and a line of log each second.':
    'Ständig ein wenig CPU und jede Sekunde eine Zeile im Log.',
  'Nothing at all, within a limit of a quarter core and 32 MiB.':
    'Gar nichts, mit einem Limit von einem Viertelkern und 32 MiB.',
  "Made {0} out of this machine's busybox.": '{0} aus dem Busybox dieses Rechners gemacht.',
  'Pulling docker.io/library/busybox.': 'docker.io/library/busybox wird gepullt.',
} satisfies Sentences
