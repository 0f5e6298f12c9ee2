import type { Sentences } from '../../../preload/contract/say'

export default {
  '{0} has not shown this key since Longshore was started.':
    '{0} hat diesen Schlüssel nicht gezeigt, seit Longshore läuft.',
  'Connect to it again, and compare the key that it shows then.':
    'Verbinden Sie sich neu, und vergleichen Sie den Schlüssel, der dann gezeigt wird.',
  'A key of {0} is known already, and it is not replaced.':
    'Ein Schlüssel von {0} ist schon bekannt und wird nicht ersetzt.',
  'The keys of known hosts in {0} cannot be read.':
    'Die Schlüssel bekannter Hosts in {0} sind nicht lesbar.',
  'Make the file readable: without it no host can prove who it is.':
    'Machen Sie die Datei lesbar: Ohne sie kann kein Host beweisen, wer er ist.',
  '{0} shows a key that was revoked.': '{0} zeigt einen Schlüssel, der zurückgezogen wurde.',
  'Its line in {0} says @revoked: somebody else may have that key. Ask whoever runs the host.':
    'Seine Zeile in {0} sagt @revoked: Jemand anders hat vielleicht diesen Schlüssel. Fragen Sie, wer den Host betreibt.',
  '{0} is not known yet: its key has to be compared first.':
    '{0} ist noch nicht bekannt: Erst muss der Schlüssel verglichen werden.',
  'Compare the fingerprint with the one that the host itself tells, then trust it.':
    'Vergleichen Sie den Fingerabdruck mit dem, den der Host selbst nennt, und vertrauen Sie ihm dann.',
  '{0} shows another key than before: this may be an attack, somebody between you and the host.':
    '{0} zeigt einen anderen Schlüssel als zuvor: Das kann ein Angriff sein, jemand zwischen Ihnen und dem Host.',
  'Ask whoever runs the host. Only if its key was changed on purpose, remove the old one: ssh-keygen -f "{0}" -R "{1}"':
    'Fragen Sie, wer den Host betreibt. Nur wenn der Schlüssel absichtlich geändert wurde, entfernen Sie den alten: ssh-keygen -f "{0}" -R "{1}"',
} satisfies Sentences
