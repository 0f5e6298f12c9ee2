import type { WordsLike } from '../../words/types'
import type english from './words.en'

export default {
  action: 'Melden, wenn er endet',
  waiting: 'Sobald {name} endet, wird gemeldet, wie.',
  stopWaiting: 'Nicht mehr nötig',
  loop: {
    badge: 'Neustart-Schleife',
    badgeTitle: 'Die Engine hat ihn {restarts}-mal neu gestartet: Er endet jedes Mal wieder',
    title: 'Neustart-Schleife',
    going:
      'Er endet bald nach jedem Start, und seine Engine startet ihn nach seiner Neustart-Regel wieder: bisher {count}-mal. | Er endet bald nach jedem Start, und seine Engine startet ihn nach seiner Neustart-Regel wieder: bisher {count}-mal.',
    gaveUp:
      'Die Engine hat ihn {count}-mal neu gestartet, so oft seine Neustart-Regel es erlaubt, und aufgegeben. | Die Engine hat ihn {count}-mal neu gestartet, so oft seine Neustart-Regel es erlaubt, und aufgegeben.',
    lastLines: 'Die letzten Zeilen seines Logs',
    noLines: 'Er hat nichts in sein Log geschrieben.',
    reading: 'Log wird gelesen…',
    stop: 'Stoppen',
    policy: 'Neustart-Regel ändern…',
    edit: 'Einstellungen bearbeiten…',
    logs: 'Ganzes Log',
  },
} satisfies WordsLike<typeof english>
