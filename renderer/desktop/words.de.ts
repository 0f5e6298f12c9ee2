import type { WordsLike } from '../words/types'
import type english from './words.en'

export default {
  notHere: '{name} gibt es auf der gezeigten Engine nicht.',
  badLink: 'Dieser Link zu Longshore führt nirgendwohin.',
  badLinkHint:
    'Links zeigen Container, Images und Engines oder füllen einen Pull aus: longshore://containers/web',
  diagnostics: {
    copy: 'Diagnose kopieren',
    openFolder: 'Protokollordner öffnen',
    copied: 'Die Diagnose ist in der Zwischenablage.',
    copiedHint: 'Geheimnisse sind verdeckt; vor dem Weitergeben trotzdem durchlesen.',
    about:
      'Versionen, Engines, Einstellungen und das Ende des Protokolls für einen Bericht: ohne Passwörter, Adressen und Eingetipptes.',
  },
  open: {
    terminal: 'Im Terminal des Systems öffnen',
    editor: 'Kopie in einem Editor öffnen…',
    folder: 'Im Ordner anzeigen',
  },
  drop: {
    here: 'Ablegen, um dieses Archiv zu laden',
    noArchive: '{name} ist kein Archiv, das Longshore lädt: .tar, .tar.gz oder .tgz.',
  },
  notNow: 'Das geht gerade nicht: Keine Engine ist verbunden, oder nichts ist ausgewählt.',
} satisfies WordsLike<typeof english>
