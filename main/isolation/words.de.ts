import type { Sentences } from '../../preload/contract/say'

export default {
  'The kernel made reading about this container wait.':
    'Der Kernel hat das Lesen über diesen Container warten lassen.',
  'One of its processes may hang, for example on a disk that does not answer; try again.':
    'Vielleicht hängt einer seiner Prozesse, etwa an einer Platte, die nicht antwortet; versuchen Sie es erneut.',
  'The container does not run, so it has nothing to isolate.':
    'Der Container läuft nicht und hat nichts zu isolieren.',
  'Start it: namespaces and cgroups come and go with its processes.':
    'Starten Sie ihn: Namespaces und cgroups kommen und gehen mit seinen Prozessen.',
} satisfies Sentences
