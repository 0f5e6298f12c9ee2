import type { WordsLike } from '../words/types'
import type english from './words.en'

export default {
  start: 'Beispiel-Container starten',
  starting: 'Die Beispiele werden erstellt. Gleich stehen sie unter „Container“.',
  show: 'Fortschritt zeigen',
  remove: 'Beispiele entfernen',
  removeTitle: 'Die Beispiel-Container entfernen?',
  removeBody:
    'Diese Container werden gestoppt und entfernt, das Beispiel-Image auch. Sonst wird nichts angerührt.',
  removed:
    'Die Beispiele sind entfernt | Ein Beispiel-Container ist entfernt | {count} Beispiel-Container sind entfernt',
} satisfies WordsLike<typeof english>
