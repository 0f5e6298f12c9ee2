import type { WordsLike } from '../words/types'
import type english from './words.en'

export default {
  title: 'Longshore kennt diesen Browser nicht mehr',
  why: 'Er wurde lange nicht benutzt, oder Longshore wurde inzwischen neu gestartet. In der Engine hat sich dadurch nichts geändert.',
  how: 'Sehen Sie in das Terminal, in dem Longshore läuft, und öffnen Sie die letzte Adresse, die es ausgegeben hat, hier oder in einem anderen Tab: Diese Seite macht dann von selbst weiter. Wird nach einem Token gefragt, versuchen Sie es hier noch einmal.',
  reload: 'Erneut versuchen',
} satisfies WordsLike<typeof english>
