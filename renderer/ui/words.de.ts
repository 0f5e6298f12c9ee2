import type { WordsLike } from '../words/types'
import type english from './words.en'

export default {
  allTabs: 'Alle Reiter',
  cancel: 'Abbrechen',
  clearSearch: 'Suche leeren',
  close: 'Schließen',
  closePanel: 'Seitenleiste schließen',
  copied: 'Kopiert',
  copy: 'Kopieren',
  dismiss: 'Ausblenden',
  facts: {
    environment: 'Umgebung',
    inspect: 'Inspect',
    labels: 'Labels',
    mask: 'Geheimes verbergen',
    none: 'Keine',
    reveal: 'Geheimes zeigen',
  },
  engineSaid: 'Was die Engine gesagt hat',
  inspect: {
    raw: 'Rohes JSON',
    search: 'Namen und Werte durchsuchen',
    matches: 'Nichts gefunden | Ein Treffer | {count} Treffer',
    matchOf: '{at} von {count}',
    previous: 'Voriger Treffer',
    next: 'Nächster Treffer',
    openAll: 'Alle öffnen',
    closeAll: 'Alle schließen',
    path: 'Pfad',
    value: 'Wert',
    copyAll: 'Alles kopieren',
    copyPath: 'Pfad kopieren',
    copyValue: 'Wert kopieren',
  },
  messages: 'Meldungen',
  notRecorded: 'Nicht festgehalten',
  problems: {
    linkLost: 'Longshore selbst antwortet nicht.',
    linkLostHint:
      'Falls es beendet wurde, starten Sie es neu; diese Seite verbindet sich von selbst.',
    cancelled: 'Abgebrochen.',
    unknown: 'Etwas ist gescheitert.',
  },
  resizePanel: 'Breite der Seitenleiste',
  table: {
    collapse: '{name} zuklappen',
    expand: '{name} aufklappen',
    selectAll: 'Alle auswählen',
    selectGroup: 'Alle von {name} auswählen',
    selectRow: 'Zeile auswählen',
  },
  /** Short, behind a number: how long, or how old. Abbreviations, as “vor 3 Tage” would be wrong. */
  timeUnits: { second: 's', minute: 'Min.', hour: 'Std.', day: 'Tg.', month: 'Mon.', year: 'J.' },
} satisfies WordsLike<typeof english>
