import type { Sentences } from '../../../preload/contract/say'

export default {
  '{0} is not on this machine: choose how to ask it.':
    '{0} ist nicht auf diesem Rechner: Wählen Sie, wie angefragt wird.',
  'Plain HTTP is never a way out there; allow it in the settings of this registry.':
    'Unverschlüsseltes HTTP ist dort nie ein Ausweg; erlauben Sie es in den Einstellungen dieser Registry.',
  'the registry itself': 'die Registry selbst',
  'does not tell the size of a blob': 'nennt die Größe eines Blobs nicht',
  'sent another part of a blob than asked for':
    'hat einen anderen Teil eines Blobs gesendet als verlangt',
  'the blob {0} of {1}': 'den Blob {0} von {1}',
  'gave other bytes than asked for: {0} instead of {1}':
    'hat andere Bytes geliefert als verlangt: {0} statt {1}',
  'names a digest of an unknown kind: {0}': 'nennt einen Digest unbekannter Art: {0}',
  '{0} wants a login for {1}.': '{0} verlangt eine Anmeldung für {1}.',
  'Log in to it, then try again. If it is public, check the name: many registries answer so for what is not there.':
    'Melden Sie sich an, und versuchen Sie es erneut. Ist es öffentlich, prüfen Sie den Namen: Viele Registries antworten so auf das, was es nicht gibt.',
  '{0} does not take your login for {1}.': '{0} nimmt Ihre Anmeldung für {1} nicht an.',
  'Log in again, or with an account that has the right to it. Check the name as well.':
    'Melden Sie sich neu an, oder mit einem Konto, das die Rechte hat. Prüfen Sie auch den Namen.',
  '{0} refuses access to {1}.': '{0} verweigert den Zugriff auf {1}.',
  'Your account may have no right to this: ask the owner, or log in with another account.':
    'Ihrem Konto fehlt vielleicht das Recht dazu: Fragen Sie, wem es gehört, oder melden Sie sich mit einem anderen Konto an.',
  'Log in with an account that has the right to it.':
    'Melden Sie sich mit einem Konto an, das die Rechte hat.',
  '{0} has no {1}.': '{0} kennt {1} nicht.',
  'Check the name. What is private may be hidden from an account without the right to it.':
    'Prüfen Sie den Namen. Privates kann vor einem Konto ohne Rechte verborgen sein.',
  '{0} does not allow this for {1}.': '{0} erlaubt das für {1} nicht.',
  'It is not supported there, or switched off: ask its administrator.':
    'Das wird dort nicht unterstützt oder ist abgeschaltet: Fragen Sie die Administration.',
  '{0} did not accept the request for {1} (HTTP {2}).':
    '{0} hat die Anfrage für {1} nicht angenommen (HTTP {2}).',
  'Its own words say why.': 'Ihre eigenen Worte sagen, warum.',
  'If it is meant to, allow plain HTTP in the settings of this registry; otherwise check the port.':
    'Ist das so gewollt, erlauben Sie unverschlüsseltes HTTP in den Einstellungen dieser Registry; sonst prüfen Sie den Port.',
  '{0} passes on to {1} for {2}, and that was not followed.':
    '{0} leitet für {2} weiter an {1}; dem wurde nicht gefolgt.',
  'It leads from HTTPS to plain HTTP, in circles, or elsewhere with a login: tell its administrator.':
    'Es führt von HTTPS zu unverschlüsseltem HTTP, im Kreis, oder mit einer Anmeldung woanders hin: Sagen Sie es der Administration.',
  'the list of its repositories': 'die Liste ihrer Repositories',
  'sent a list that is none': 'hat eine Liste gesendet, die keine ist',
  'sent a manifest that is none': 'hat ein Manifest gesendet, das keines ist',
  'sent a list of referrers that is none': 'hat eine Liste von Referrern gesendet, die keine ist',
  'This is no digest: {0}.': 'Das ist kein Digest: {0}.',
  'This is no repository: {0}.': 'Das ist kein Repository: {0}.',
  'This is no tag: {0}.': 'Das ist kein Tag: {0}.',
  'sent more than the {0} MiB that this may have': 'hat mehr als die erlaubten {0} MiB gesendet',
  'sent what is no JSON': 'hat etwas gesendet, das kein JSON ist',
  'does not tell how much it has': 'sagt nicht, wie viel da ist',
  'does not tell where an upload goes on': 'sagt nicht, wo ein Upload weitergeht',
  'wants the upload to go on without TLS, at {0}': 'will den Upload ohne TLS fortsetzen, bei {0}',
  'the upload to {0}': 'den Upload nach {0}',
} satisfies Sentences
