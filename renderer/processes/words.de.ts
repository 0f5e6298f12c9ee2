import type { WordsLike } from '../words/types'
import type english from './words.en'

export default {
  title: 'Prozesse',
  search: 'Prozesse suchen',
  order: 'Ordnung',
  orders: { tree: 'Als Baum', cpu: 'Nach CPU', memory: 'Nach Speicher' },
  loading: 'Die Prozesse werden angesehen…',
  nothingFound: 'Kein Prozess passt.',
  more: 'Ein weiterer wird nicht gezeigt. | {count} weitere werden nicht gezeigt.',
  fromEngine:
    'Die Engine läuft auf einem anderen Rechner: Sie nennt IDs, wie jener sie zählt, aber nicht, was an CPU und Speicher gebraucht wird.',
  columns: {
    inside: 'Innen',
    outside: 'Außen',
    command: 'Befehl',
    cpu: 'CPU',
    memory: 'Speicher',
    user: 'Benutzer',
    state: 'Zustand',
    age: 'Läuft seit',
    signal: 'Signal',
  },
  signalTo: 'Signal an {pid} senden',
  send: '{signal} senden',
  sent: '{signal} wurde an {pid} gesendet',
  signals: {
    TERM: 'TERM: bitte beenden',
    KILL: 'KILL: sofort beenden',
    HUP: 'HUP: Einstellungen neu lesen',
    INT: 'INT: wie Strg+C',
    QUIT: 'QUIT: mit Core-Dump beenden',
    USR1: 'USR1: was das Programm daraus macht',
    USR2: 'USR2: was das Programm daraus macht',
    STOP: 'STOP: anhalten',
    CONT: 'CONT: weiter',
  },
  confirm: {
    title: '{signal} an den ersten Prozess senden?',
    kill: 'Der Container endet sofort mit Exit-Code 137; was er nicht geschrieben hat, ist verloren.',
    stop: 'Der erste Prozess hält an, bis er CONT bekommt; solange antwortet er nicht.',
  },
} satisfies WordsLike<typeof english>
