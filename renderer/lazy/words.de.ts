import type { WordsLike } from '../words/types'
import type english from './words.en'

export default {
  loading: 'Wird geladen…',
  unreachable: {
    title: 'Das konnte nicht geladen werden',
    body: 'Longshore selbst antwortet nicht. Falls es beendet wurde, starten Sie es neu.',
    action: 'Erneut versuchen',
  },
  outdated: {
    title: 'Longshore wurde aktualisiert',
    body: 'Diese Seite gehört zur vorigen Version. Laden Sie sie neu, um fortzufahren; an der Engine ändert sich dadurch nichts.',
    action: 'Seite neu laden',
  },
} satisfies WordsLike<typeof english>
