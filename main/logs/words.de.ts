import type { Sentences } from '../../preload/contract/say'

export default {
  'So much was written since that the lines that came first are not kept any more.':
    'Seither wurde so viel geschrieben, dass die ersten Zeilen nicht mehr aufbewahrt sind.',
  'This container keeps no log: its log driver is "none".':
    'Dieser Container führt kein Log: Sein Log-Treiber ist „none“.',
  'This container\'s log goes to the driver "{0}", which the engine cannot read from.':
    'Das Log dieses Containers geht an den Treiber „{0}“, aus dem die Engine nicht lesen kann.',
  'Create it again with the log driver "json-file" or "local" to see what it writes.':
    'Erstellen Sie ihn neu mit dem Log-Treiber „json-file“ oder „local“, um zu sehen, was er schreibt.',
  'Look where that driver sends it, or create the container again with the log driver "local".':
    'Sehen Sie nach, wohin dieser Treiber es schickt, oder erstellen Sie den Container neu mit dem Log-Treiber „local“.',
  'This log is not open any more.': 'Dieses Log ist nicht mehr offen.',
  'Open it again.': 'Öffnen Sie es erneut.',
  'This is no regular expression: {0}.': 'Das ist kein regulärer Ausdruck: {0}.',
  'This regular expression takes too long on these lines.':
    'Dieser reguläre Ausdruck braucht für diese Zeilen zu lange.',
  'Repetitions within repetitions, such as (a+)+, are what makes one slow.':
    'Langsam machen ihn Wiederholungen in Wiederholungen, etwa (a+)+.',
  'The engine could not read the log to its end.':
    'Die Engine konnte das Log nicht bis zum Ende lesen.',
  'The log cannot be kept for reading: {0}': 'Das Log kann nicht zum Lesen aufbewahrt werden: {0}',
} satisfies Sentences
