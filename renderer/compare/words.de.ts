import type { WordsLike } from '../words/types'
import type english from './words.en'

export default {
  title: 'Vergleich',
  metric: 'Verglichene Größe',
  add: 'Container hinzufügen…',
  full: 'Höchstens sechs Container',
  remove: '{name} aus dem Vergleich nehmen',
  containers: 'Verglichene Container',
  metrics: {
    cpuPercent: 'CPU',
    memoryBytes: 'Speicher, Working Set',
    memoryCacheBytes: 'Speicher, Seitencache',
    memoryAnonymousBytes: 'Speicher, anonym',
    receivedBytesPerSecond: 'Netzwerk, empfangen',
    sentBytesPerSecond: 'Netzwerk, gesendet',
    readBytesPerSecond: 'Block-I/O, gelesen',
    writtenBytesPerSecond: 'Block-I/O, geschrieben',
    processes: 'Prozesse und Threads',
    throttledPeriodsPercent: 'CPU, gedrosselte Perioden',
    throttledTimePercent: 'CPU, gedrosselte Zeit',
    cpuSomePressurePercent: 'CPU, einige Tasks warteten',
    cpuFullPressurePercent: 'CPU, alle Tasks warteten',
    memorySomePressurePercent: 'Speicher, einige Tasks warteten',
    memoryFullPressurePercent: 'Speicher, alle Tasks warteten',
    ioSomePressurePercent: 'Block-I/O, einige Tasks warteten',
    ioFullPressurePercent: 'Block-I/O, alle Tasks warteten',
    cpuOfLimitPercent: 'CPU, Anteil am Limit',
    memoryOfLimitPercent: 'Speicher, Anteil am Limit',
  },
  unknown: 'In dieser Zeit nicht bekannt: {names}.',
  empty: {
    title: 'Container zum Vergleichen wählen',
    body: 'Zwei bis sechs Container werden in einem Diagramm gezeichnet: welcher arbeitet, wartet oder wächst, und wann. Fügen Sie sie hier hinzu, oder wählen Sie Zeilen in der Liste der Container und drücken Sie „Vergleichen“.',
    toContainers: 'Container zeigen',
  },
} satisfies WordsLike<typeof english>
