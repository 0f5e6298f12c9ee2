import type { WordsLike } from '../../words/types'
import type english from './words.en'

export default {
  verify: 'Schlüssel ansehen…',
  title: 'Ist das {host}?',
  body: 'SSH hat diesen Host noch nie gesehen. Sein Schlüssel beweist, wer er ist: Vergleichen Sie den Fingerabdruck, bevor Sie ihm vertrauen.',
  changedTitle: 'Der Schlüssel von {host} hat sich geändert',
  changedBody:
    'Er zeigte einen anderen Schlüssel als den, dem vertraut wird. Vielleicht steht jemand zwischen Ihnen und dem Host und liest alles mit, oder der Host wurde neu aufgesetzt. Longshore verbindet sich nicht.',
  host: 'Host',
  algorithm: 'Art des Schlüssels',
  fingerprint: 'Fingerabdruck',
  shown: 'Jetzt gezeigt',
  trusted: 'Vertraut',
  compare: 'Auf dem Host selbst gibt das denselben Fingerabdruck aus:',
  compareHow:
    'Nehmen Sie seine Konsole oder einen anderen Weg, dem Sie trauen, oder fragen Sie, wer ihn betreibt. Vergleichen Sie nicht über diese Verbindung.',
  whatToDo:
    'Fragen Sie den Betreiber des Hosts, ob der Schlüssel mit Absicht geändert wurde. Erst dann entfernen Sie den alten Schlüssel aus der Liste der bekannten Hosts.',
  trust: 'Schlüssel vertrauen',
} satisfies WordsLike<typeof english>
