import type { WordsLike } from '../words/types'
import type english from './words.en'

export default {
  title: 'Alle Engines',
  engine: 'Engine',
  group: 'Nach Engine',
  only: 'Nur die von {name} zeigen',
  running: '{running} von {all} laufen',
  images: 'keine Images | 1 Image | {count} Images',
  old: '{state}, {age} alt',
  waiting: 'Warten auf die Antwort der ersten Engine…',
  empty: {
    title: 'Keine Container auf irgendeiner Engine',
    body: 'Wählen Sie eine Engine, um dort einen Container zu erstellen. Hier stehen die von allen zusammen.',
  },
} satisfies WordsLike<typeof english>
