import type { WordsLike } from '../words/types'
import type english from './words.en'

export default {
  title: 'Image zwischen Registries kopieren',
  body: 'Das Image geht durch Longshore von einer Registry zur anderen, Layer für Layer. Keine Engine pullt es, und Layer, die schon dort sind, werden nicht noch einmal gesendet.',
  open: 'Zwischen Registries kopieren…',
  from: 'Von',
  fromHint: 'Wo es jetzt ist: ghcr.io/owner/app:1.0, oder ein Digest.',
  to: 'Nach',
  toHint: 'Der Name der Kopie: Registry, Repository und Tag.',
  platform: 'Was kopiert wird',
  everything: 'Alles, wofür der Name steht: Der Digest bleibt gleich',
  onlyPlatform: 'Nur {platform}',
  same: 'Beide Namen sind gleich.',
  noDigest: 'Der Digest folgt aus dem Inhalt: bitte repository:tag angeben.',
  start: 'Kopieren',
  cancel: 'Kopieren abbrechen',
  again: 'Erneut versuchen',
  another: 'Weiteres kopieren',
} satisfies WordsLike<typeof english>
