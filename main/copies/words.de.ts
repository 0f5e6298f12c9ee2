import type { Sentences } from '../../preload/contract/say'

export default {
  '{0} gave only a part of a layer.': '{0} hat nur einen Teil eines Layers geliefert.',
  'An index of {0} has too many entries to copy.':
    'Ein Index von {0} hat zu viele Einträge zum Kopieren.',
  'The upload is lost.': 'Der Upload ist verloren.',
  '{0} lost a part of what it was sent.': '{0} hat einen Teil des Gesendeten verloren.',
  'Try again: layers that arrived whole are not sent again.':
    'Versuchen Sie es erneut: Layer, die ganz angekommen sind, werden nicht erneut gesendet.',
  'A digest of the kind "{0}" cannot be verified.':
    'Ein Digest der Art „{0}“ kann nicht geprüft werden.',
  '{0} gave other bytes than it promised.': '{0} hat andere Bytes geliefert als angekündigt.',
  'Nothing was kept of them. Tell its administrator: what it stores is damaged.':
    'Nichts davon wurde behalten. Sagen Sie es der Administration der Registry: Was sie speichert, ist beschädigt.',
  'A copy needs a tag for its name.': 'Eine Kopie braucht ein Tag als Namen.',
  'Both names are the same.': 'Beide Namen sind gleich.',
  'Give the copy another tag, repository or registry.':
    'Geben Sie der Kopie ein anderes Tag, ein anderes Repository oder eine andere Registry.',
} satisfies Sentences
