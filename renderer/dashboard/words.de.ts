import type { WordsLike } from '../words/types'
import type english from './words.en'

export default {
  title: 'Übersicht',
  counts: {
    label: 'Container nach Zustand',
    running: '{count} laufen',
    paused: '{count} pausiert',
    stopped: '{count} gestoppt',
  },
  loading: 'Warten auf die ersten Werte…',
  none: '–',
  machine: {
    cpu: 'CPU',
    memory: 'Speicher',
    machine: 'Rechner',
    containers: 'Container',
    cores: 'Kerne',
    total: 'Gesamt',
    cpuLabel: 'CPU, Prozent aller Kerne: Rechner {machine}, Container {containers}.',
    memoryLabel: 'Speicher: Rechner {machine}, Container {containers}, von {all}.',
    remote:
      'Der Rechner dieser Engine kann von hier nicht gelesen werden: Dies ist, was ihre Container von ihm brauchen.',
  },
  projects: {
    title: 'Nach Compose-Projekt',
    figure: 'Was gestapelt wird',
    cpu: 'CPU',
    memory: 'Speicher',
    noProject: 'ohne Projekt',
    others: '1 weiteres | {count} weitere',
    label: '{figure} nach Compose-Projekt: {bands}.',
    band: '{name} {value}',
    idle: 'Die Container brauchen nichts, was zu zeichnen wäre.',
  },
  top: {
    title: 'Die ersten zehn',
    by: 'Geordnet nach',
    metrics: {
      cpuPercent: 'CPU',
      memoryBytes: 'Speicher',
      receivedBytesPerSecond: 'Netz ein',
      sentBytesPerSecond: 'Netz aus',
      readBytesPerSecond: 'Gelesen',
      writtenBytesPerSecond: 'Geschrieben',
      processes: 'Prozesse',
      throttledPeriodsPercent: 'Gedrosselt',
    },
    unknown: 'Das ist von keinem laufenden Container bekannt.',
    open: '{name}: {value}. Diagramme zeigen.',
  },
  empty: {
    title: 'Hier läuft gerade nichts',
    body: 'Ein Container ist ein Programm, das mit eigenen Dateien, eigenem Netzwerk und eigenen Limits läuft. Solange einer läuft, zeigt diese Seite, was er vom Rechner braucht und welcher am meisten.',
    containers: 'Container zeigen',
  },
} satisfies WordsLike<typeof english>
