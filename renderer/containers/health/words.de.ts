import type { WordsLike } from '../../words/types'
import type english from './words.en'

export default {
  title: 'Healthcheck',
  runNow: 'Jetzt prüfen',
  rests: 'Er läuft nicht und wird nicht geprüft',
  streak: 'beim letzten Mal gescheitert | die letzten {count} Male gescheitert',
  command: 'Befehl',
  runs: 'Läuft',
  rhythm: 'alle {interval}, höchstens {timeout} lang',
  retries: 'Ungesund',
  retriesValue: 'nach {count} Fehlschlag | nach {count} Fehlschlägen in Folge',
  startPeriod: 'Zählt nicht für',
  results: 'Letzte Ergebnisse',
  strip: 'Vom ältesten zum neuesten: {results}',
  none: 'Er ist noch nicht gelaufen.',
  passed: 'bestanden',
  failed: 'gescheitert',
  code: 'Exit-Code {exitCode}',
  noCode: 'kein Exit-Code',
  ago: 'vor {age}',
  truncated: 'Er hat mehr geschrieben; das fehlt hier.',
} satisfies WordsLike<typeof english>
