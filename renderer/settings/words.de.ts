import type { WordsLike } from '../words/types'
import type english from './words.en'

export default {
  title: 'Einstellungen',
  theme: 'Darstellung',
  themes: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
  language: 'Sprache',
  languages: { system: 'Wie das System', en: 'English', de: 'Deutsch' },
  desktop: {
    title: 'Desktop',
    closeToTray: 'Beim Schließen des Fensters bleibt Longshore im Infobereich',
    startAtLogin: 'Bei der Anmeldung starten, ohne Fenster',
  },
  about: 'Über Longshore',
  version: 'Version',
  mode: 'Läuft als',
  modes: {
    electron: 'Desktop-Programm',
    browser: 'Browser-Modus: ein Server auf diesem Rechner, nur von diesem Rechner erreichbar',
  },
  platform: 'System',
  checkForUpdates: 'Neue Versionen selbst holen',
  checkForUpdatesHint: 'Sieht einmal am Tag nach und installiert beim Beenden, was geholt wurde.',
} satisfies WordsLike<typeof english>
