import type { WordsLike } from '../../words/types'
import type english from './words.en'

export default {
  add: 'Engine hinzufügen',
  edit: '{name} ändern',
  body: 'Eine anderswo kopierte Adresse kann in jedes der Felder eingefügt werden.',
  start: 'Hinzufügen',
  save: 'Speichern',
  added: 'Die Engine wurde hinzugefügt.',
  changed: 'Die Engine wurde geändert.',
  test: 'Testen',
  answered: 'Sie antwortet:',
  api: 'API {version}',
  way: 'Wo sie ist',
  ways: {
    socket: { title: 'Dieser Rechner', body: 'Über Socket oder Pipe' },
    tcp: { title: 'Netzwerk, TLS', body: 'Über ihren Port, mit Zertifikaten' },
    ssh: { title: 'Netzwerk, SSH', body: 'Mit einem Login auf dem Host' },
  },
  name: 'Name (optional)',
  nameHint: 'Wird statt des Namens gezeigt, den ihr Host sich selbst gibt.',
  socket: 'Socket',
  socketHint: 'Der Pfad von Socket oder Pipe, an dem die Engine lauscht.',
  host: 'Host',
  port: 'Port',
  user: 'Benutzer',
  userUsual: 'wie bei ssh',
  security: 'Verschlüsselung',
  securityHint: 'Die Engine muss ein Zertifikat zeigen, für das eine Zertifizierungsstelle bürgt.',
  securities: {
    verified: 'TLS, Zertifikat geprüft',
    unverified: 'TLS, Zertifikat nicht prüfen',
    none: 'Keine, einfaches TCP',
  },
  securityWarnings: {
    unverified:
      'Wer unter dieser Adresse antwortet, dem wird geglaubt: Jemand dazwischen kann alles lesen und ändern und über den Host befehlen. Geben Sie stattdessen das Zertifikat der Zertifizierungsstelle an.',
    none: 'Nichts ist verschlüsselt, und niemand muss etwas beweisen: Wer den Port erreicht, befiehlt als root über den Host. Nehmen Sie SSH oder TLS.',
  },
  files: {
    caFile: 'CA-Zertifikat',
    certFile: 'Eigenes Zertifikat',
    keyFile: 'Eigener Schlüssel',
    identityFile: 'Privater Schlüssel',
  },
  fileHints: {
    caFile: 'PEM, meist ca.pem. Leer: die öffentlichen Zertifizierungsstellen.',
    certFile: 'PEM, meist cert.pem: beweist der Engine, wer Sie sind.',
    keyFile: 'PEM, meist key.pem: gehört zum Zertifikat.',
    identityFile: 'Leer: die Schlüssel von ssh-agent und die üblichen Dateien in ~/.ssh.',
  },
  path: 'Socket auf diesem Host',
  pathHint:
    'Leer: wo der von Docker üblicherweise ist. Der von Podman ist /run/podman/podman.sock, oder /run/user/<uid>/podman/podman.sock ohne root.',
  jump: 'Jump-Host',
  jumpHint: "Ein Host als Zwischenstation, user{'@'}host:port. Leer: direkt.",
  errors: {
    socket: 'Ein absoluter Pfad oder npipe:////./pipe/name.',
    host: 'Ein Hostname oder eine Adresse, ohne Port.',
    port: 'Eine Zahl von 1 bis 65535.',
    user: 'Der Name eines Benutzers, ohne Passwort.',
    file: 'Ein absoluter Pfad einer Datei.',
    pair: 'Zertifikat und Schlüssel werden zusammen gebraucht.',
    path: 'Ein absoluter Pfad auf diesem Host.',
    jump: "user{'@'}host oder user{'@'}host:port.",
  },
} satisfies WordsLike<typeof english>
