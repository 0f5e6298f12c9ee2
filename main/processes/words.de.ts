import type { Sentences } from '../../preload/contract/say'

export default {
  'This process cannot be signalled from here.':
    'Diesem Prozess kann von hier kein Signal geschickt werden.',
  'The engine tells its id only as its own machine counts. Signal the first process, or stop the container.':
    'Die Engine nennt seine ID nur so, wie ihr eigener Rechner zählt. Schicken Sie das Signal dem ersten Prozess, oder stoppen Sie den Container.',
  'The container has no program "kill".': 'Der Container hat kein Programm „kill“.',
  'Only its first process can be signalled: the engine does that itself.':
    'Nur dem ersten Prozess kann ein Signal geschickt werden: Das erledigt die Engine selbst.',
  'The signal was not sent.': 'Das Signal wurde nicht geschickt.',
  'The process has ended.': 'Der Prozess ist beendet.',
  'The container does not run, so it has no processes.':
    'Der Container läuft nicht und hat keine Prozesse.',
  'Start it to see them.': 'Starten Sie ihn, um sie zu sehen.',
} satisfies Sentences
