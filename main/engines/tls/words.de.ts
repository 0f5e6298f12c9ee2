import type { Sentences } from '../../../preload/contract/say'

export default {
  'Use a name that it is for, or have one issued for this name.':
    'Nutzen Sie einen Namen, für den es gilt, oder lassen Sie eines für diesen Namen ausstellen.',
  "The engine's certificate has expired.": 'Das Zertifikat der Engine ist abgelaufen.',
  "Renew it on the engine's host; if it is in order, check the clock of this machine.":
    'Erneuern Sie es auf dem Host der Engine; ist es in Ordnung, prüfen Sie die Uhr dieses Rechners.',
  "The engine's certificate is not valid yet.": 'Das Zertifikat der Engine ist noch nicht gültig.',
  "Check the clocks of this machine and of the engine's host.":
    'Prüfen Sie die Uhren dieses Rechners und des Hosts der Engine.',
  "The engine's certificate is not one of a server.":
    'Das Zertifikat der Engine ist keines für einen Server.',
  'Issue it with the extended key usage "serverAuth".':
    'Stellen Sie es mit der erweiterten Schlüsselverwendung „serverAuth“ aus.',
  'What answers there does not speak TLS.': 'Was dort antwortet, spricht kein TLS.',
  'Turn TLS off for this engine, or give the port on which it speaks TLS (mostly 2376).':
    'Schalten Sie TLS für diese Engine aus, oder geben Sie den Port an, auf dem sie TLS spricht (meist 2376).',
  'The engine and Longshore found no common TLS.':
    'Die Engine und Longshore haben kein gemeinsames TLS gefunden.',
  'Longshore speaks TLS 1.2 and 1.3: update the engine, or its settings.':
    'Longshore spricht TLS 1.2 und 1.3: Aktualisieren Sie die Engine oder ihre Einstellungen.',
  'The engine\'s certificate is not for "{0}".': 'Das Zertifikat der Engine gilt nicht für „{0}“.',
  'The engine\'s certificate is not for "{0}", but for {1}.':
    'Das Zertifikat der Engine gilt nicht für „{0}“, sondern für {1}.',
  "Nobody who is trusted vouches for the engine's certificate.":
    'Für das Zertifikat der Engine bürgt niemand, dem vertraut wird.',
  "Give the certificate of the authority that issued the engine's; the one given did not.":
    'Geben Sie das Zertifikat der Zertifizierungsstelle an, die das der Engine ausgestellt hat; das angegebene war es nicht.',
  "Give the certificate of the authority that issued the engine's (ca.pem).":
    'Geben Sie das Zertifikat der Zertifizierungsstelle an, die das der Engine ausgestellt hat (ca.pem).',
  'The engine asks for a client certificate.': 'Die Engine verlangt ein Client-Zertifikat.',
  'Give the files that its administrator issued for you (cert.pem and key.pem).':
    'Geben Sie die Dateien an, die ihre Administration für Sie ausgestellt hat (cert.pem und key.pem).',
  'The engine refused the client certificate.': 'Die Engine hat das Client-Zertifikat abgelehnt.',
  'It may have expired, or come from an authority that the engine does not trust: have a new one issued.':
    'Es ist vielleicht abgelaufen oder stammt von einer Stelle, der die Engine nicht vertraut: Lassen Sie ein neues ausstellen.',
  'The engine hung up as soon as TLS was agreed on.':
    'Die Engine hat aufgelegt, sobald TLS ausgehandelt war.',
  'If this goes on, it probably asks for a client certificate: give cert.pem and key.pem.':
    'Bleibt es dabei, verlangt sie wohl ein Client-Zertifikat: Geben Sie cert.pem und key.pem an.',
  'There is a key of a client certificate, but no certificate.':
    'Es gibt einen Schlüssel zu einem Client-Zertifikat, aber kein Zertifikat.',
  'There is a client certificate, but no key to it.':
    'Es gibt ein Client-Zertifikat, aber keinen Schlüssel dazu.',
  'Give both files, or neither.': 'Geben Sie beide Dateien an oder keine.',
  "The authority's certificate": 'Das Zertifikat der Zertifizierungsstelle',
  'The client certificate': 'Das Client-Zertifikat',
  "The client certificate's key": 'Der Schlüssel des Client-Zertifikats',
  '{0} is not there: {1}.': '{0} ist nicht da: {1}.',
  "Give the file's present place, or change the engine so that it needs none.":
    'Geben Sie an, wo die Datei jetzt liegt, oder ändern Sie die Engine so, dass sie keine braucht.',
  '{0} cannot be read: {1}.': '{0} ist nicht lesbar: {1}.',
  'Allow this user to read the file.': 'Erlauben Sie diesem Benutzer, die Datei zu lesen.',
  'The key in {0} does not belong to {1}.': 'Der Schlüssel in {0} gehört nicht zu {1}.',
  'Give the key that was made for this certificate.':
    'Geben Sie den Schlüssel an, der zu diesem Zertifikat erzeugt wurde.',
  'The key in {0} is locked by a passphrase.':
    'Der Schlüssel in {0} ist mit einer Passphrase gesichert.',
  'Longshore keeps no passphrases of keys: give a key without one (openssl pkey -in … -out …), readable by you alone.':
    'Longshore bewahrt keine Passphrasen auf: Geben Sie einen Schlüssel ohne an (openssl pkey -in … -out …), den nur Sie lesen können.',
  '{0} is no PEM file.': '{0} ist keine PEM-Datei.',
  '{0} is no certificate in PEM form.': '{0} ist kein Zertifikat im PEM-Format.',
  '{0} is no key in PEM form.': '{0} ist kein Schlüssel im PEM-Format.',
  'A PEM file is text that begins with -----BEGIN.':
    'Eine PEM-Datei ist Text, der mit -----BEGIN beginnt.',
} satisfies Sentences
