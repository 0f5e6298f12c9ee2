import type { WordsLike } from '../words/types'
import type english from './words.en'

export default {
  pages: {
    dashboard: 'Übersicht',
    containers: 'Container',
    images: 'Images',
    volumes: 'Volumes',
    networks: 'Netzwerke',
    registries: 'Registries',
    alerts: 'Alarme',
    jobs: 'Aufträge',
    engines: 'Engines',
    settings: 'Einstellungen',
  },
  languageNotLoaded:
    'Die Wörter Ihrer Sprache konnten nicht geladen werden; laden Sie die Seite neu, um es noch einmal zu versuchen.',
  runningOf: '{running} von {all} laufen',
  navigation: 'Seiten',
  banner: {
    linkLost:
      'Longshore selbst antwortet nicht. Diese Seite verbindet sich neu, sobald es wieder da ist.',
    startedAnew: 'Wurde es neu gestartet, öffnen Sie die Adresse, die es ausgegeben hat.',
    discovering: '{engine} ist nicht da. Sie wird verbunden, sobald sie startet.',
    connecting: '{engine} antwortet; was sie hat, wird gerade gelesen.',
    reconnecting: '{engine} antwortet nicht; die Verbindung wird neu aufgebaut.',
    stale: '{engine} ist verstummt.',
    unavailable: '{engine} kann gerade nicht benutzt werden.',
    age: 'Was hier steht, ist {age} alt.',
    tryNow: 'Jetzt versuchen',
  },
  engine: {
    choose: 'Engine wählen',
    none: 'Keine Engine',
    searching: 'Engines werden gesucht…',
    all: 'Alle Engines',
    manage: 'Engines verwalten…',
    connected: 'Keine verbunden | Eine verbunden | {count} verbunden',
  },
  palette: {
    title: 'Befehle',
    open: 'Befehle',
    prompt: 'Was möchten Sie tun?',
    none: 'Kein Befehl heißt so.',
    goTo: 'Gehe zu {page}',
    theme: 'Farben: {theme}',
    themes: { system: 'wie das System', light: 'hell', dark: 'dunkel' },
    startSamples: 'Beispiel-Container starten',
  },
} satisfies WordsLike<typeof english>
