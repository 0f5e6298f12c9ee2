import type { Sentences } from '../../preload/contract/say'

export default {
  'What was pasted': 'Das Eingefügte',
  '{0} holds a private key.': '{0} enthält einen privaten Schlüssel.',
  'Only the certificate of the authority is needed; its key belongs to nobody else.':
    'Nur das Zertifikat der Zertifizierungsstelle wird gebraucht; ihr Schlüssel geht niemanden sonst etwas an.',
  '{0} holds no certificate.': '{0} enthält kein Zertifikat.',
  'A certificate in PEM form begins with -----BEGIN CERTIFICATE-----.':
    'Ein Zertifikat im PEM-Format beginnt mit -----BEGIN CERTIFICATE-----.',
  '{0} holds a certificate that cannot be read.':
    '{0} enthält ein Zertifikat, das nicht lesbar ist.',
  'Copy it whole, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.':
    'Kopieren Sie es ganz, von -----BEGIN CERTIFICATE----- bis -----END CERTIFICATE-----.',
  '{0} is no file.': '{0} ist keine Datei.',
  'Choose the file that holds the certificate of the authority.':
    'Wählen Sie die Datei mit dem Zertifikat der Zertifizierungsstelle.',
  'The certificate file {0} cannot be read.': 'Die Zertifikatsdatei {0} ist nicht lesbar.',
  'Check that it is there and that this user may read it, or give another in the settings of this registry.':
    'Prüfen Sie, ob sie da ist und dieser Benutzer sie lesen darf, oder geben Sie in den Einstellungen dieser Registry eine andere an.',
  'The registry has this image in a form that is not known.':
    'Die Registry hat dieses Image in einem unbekannten Format.',
  'Images pushed before 2017 must be pushed anew by a current engine.':
    'Images, die vor 2017 gepusht wurden, müssen von einer aktuellen Engine neu gepusht werden.',
  'There is no image for {0}.': 'Für {0} gibt es kein Image.',
  'Choose one of these: {0}.': 'Wählen Sie eine davon: {0}.',
  '"{0}" is not the name of a credential helper.': '„{0}“ ist kein Name eines Credential-Helpers.',
  "Correct credsStore and credHelpers in docker's config.json.":
    'Berichtigen Sie credsStore und credHelpers in der config.json von Docker.',
  '{0} gave an answer that cannot be read.': '{0} hat eine Antwort gegeben, die nicht lesbar ist.',
  "Update it, or take it out of docker's config.json.":
    'Aktualisieren Sie es, oder nehmen Sie es aus der config.json von Docker.',
  '{0} is not installed.': '{0} ist nicht installiert.',
  "Docker's config.json names it: install it, or take it out of that file.":
    'Die config.json von Docker nennt es: Installieren Sie es, oder nehmen Sie es aus dieser Datei.',
  '{0} did not answer in time.': '{0} hat nicht rechtzeitig geantwortet.',
  'It may wait for a key ring to be unlocked.':
    'Vielleicht wartet es darauf, dass ein Schlüsselbund entsperrt wird.',
  '{0} failed ({1}).': '{0} ist fehlgeschlagen ({1}).',
  "Unlock the key ring that it uses, or take it out of docker's config.json.":
    'Entsperren Sie den Schlüsselbund, den es nutzt, oder nehmen Sie es aus der config.json von Docker.',
  'Docker has no credential helper for {0}.': 'Docker hat keinen Credential-Helper für {0}.',
  "Choose another place, or name a helper as credsStore in docker's config.json.":
    'Wählen Sie einen anderen Ort, oder nennen Sie in der config.json von Docker einen Helper als credsStore.',
  'docker-credential-{0} did not keep the login.':
    'docker-credential-{0} hat die Anmeldung nicht aufbewahrt.',
  "It makes its logins by itself. Take it out of docker's config.json to log in otherwise.":
    'Es meldet sich von selbst an. Nehmen Sie es aus der config.json von Docker, um sich anders anzumelden.',
  'docker-credential-{0} logs in to {1} by itself.':
    'docker-credential-{0} meldet sich von selbst an {1} an.',
  "Helpers count first: use that login, or take the helper out of docker's config.json.":
    'Helper gelten zuerst: Nutzen Sie diese Anmeldung, oder nehmen Sie den Helper aus der config.json von Docker.',
  '{0} It says: {1}': '{0} Es sagt: {1}',
  '{0}:{1} stands for something else by now.': '{0}:{1} steht inzwischen für etwas anderes.',
  'Nothing was deleted. Look at it again first.':
    'Nichts wurde gelöscht. Sehen Sie zuerst noch einmal nach.',
  'More tags would go: {0}.': 'Weitere Tags wären weg: {0}.',
  'Nothing was deleted. They have come to stand for the same meanwhile: look at it again first.':
    'Nichts wurde gelöscht. Sie stehen inzwischen für dasselbe: Sehen Sie zuerst noch einmal nach.',
  '{0} has no {1}:{2}.': '{0} hat kein {1}:{2}.',
  'It may have been deleted meanwhile: load the tags again.':
    'Vielleicht wurde es inzwischen gelöscht: Laden Sie die Tags neu.',
  '{0} is no object of settings.': '{0} ist kein Objekt mit Einstellungen.',
  'Correct it, or move it away and log in again.':
    'Berichtigen Sie die Datei, oder verschieben Sie sie, und melden Sie sich neu an.',
  '{0} cannot be read.': '{0} ist nicht lesbar.',
  'Check who owns it, and that this user may read it.':
    'Prüfen Sie, wem die Datei gehört und ob dieser Benutzer sie lesen darf.',
  '{0} is not valid JSON.': '{0} ist kein gültiges JSON.',
  'not the name of a host': 'kein Name eines Hosts',
  'Docker Hub gave an answer that cannot be read.':
    'Docker Hub hat eine Antwort gegeben, die nicht lesbar ist.',
  'Search on hub.docker.com instead, and type the name of the repository here.':
    'Suchen Sie stattdessen auf hub.docker.com, und tippen Sie hier den Namen des Repositorys.',
  'Docker Hub cannot be reached ({0}).': 'Docker Hub ist nicht erreichbar ({0}).',
  'The search needs the internet: check the network. A repository can be typed without it.':
    'Die Suche braucht das Internet: Prüfen Sie das Netzwerk. Ein Repository lässt sich auch so eintippen.',
  'until {0}': 'bis {0}',
  'a second': 'eine Sekunde',
  '{0} seconds': '{0} Sekunden',
  '{0} refused this user name and password.':
    '{0} hat diesen Benutzernamen und dieses Passwort abgelehnt.',
  'Check both. With two-factor sign-in, make an access token there and use it as the password.':
    'Prüfen Sie beides. Bei Zwei-Faktor-Anmeldung legen Sie dort ein Zugriffstoken an und nutzen es als Passwort.',
  '{0} refuses access (HTTP {1}).': '{0} verweigert den Zugriff (HTTP {1}).',
  'Ask its administrator whether this account or this network may use it.':
    'Fragen Sie die Administration, ob dieses Konto oder dieses Netzwerk zugreifen darf.',
  'No registry answers at {0} ({1}).': 'Unter {0} antwortet keine Registry ({1}).',
  'Check the host and the port, the network, and that the registry runs.':
    'Prüfen Sie Host und Port, das Netzwerk und ob die Registry läuft.',
  'The certificate of {0} is not trusted ({1}).':
    'Dem Zertifikat von {0} wird nicht vertraut ({1}).',
  "If it is your own, give its authority's certificate in the settings of this registry; the engine needs it too.":
    'Ist es Ihre eigene, geben Sie in ihren Einstellungen das Zertifikat der Zertifizierungsstelle an; die Engine braucht es auch.',
  '{0} does not speak HTTPS ({1}).': '{0} spricht kein HTTPS ({1}).',
  'Passwords go in plain HTTP only to registries on this machine: check the port, or set up TLS there.':
    'Über unverschlüsseltes HTTP gehen Passwörter nur an Registries auf diesem Rechner: Prüfen Sie den Port, oder richten Sie dort TLS ein.',
  'Check the host and the network, then try again.':
    'Prüfen Sie Host und Netzwerk, und versuchen Sie es erneut.',
  'What answers at {0} is no container registry (HTTP {1}).':
    'Was unter {0} antwortet, ist keine Container-Registry (HTTP {1}).',
  'Give the host of the registry itself, such as ghcr.io, not of its web site.':
    'Geben Sie den Host der Registry selbst an, etwa ghcr.io, nicht den ihrer Website.',
  '{0} passes on to {1}.': '{0} leitet weiter an {1}.',
  'The password was not sent there. If you trust {0}, log in to it by that name.':
    'Das Passwort wurde nicht dorthin gesendet. Wenn Sie {0} vertrauen, melden Sie sich unter diesem Namen an.',
  '{0} asks for the password to be sent unprotected to {1}.':
    '{0} verlangt, das Passwort ungeschützt an {1} zu senden.',
  'The password was not sent. Ask its administrator to serve its token service over HTTPS.':
    'Das Passwort wurde nicht gesendet. Bitten Sie die Administration, den Token-Dienst über HTTPS anzubieten.',
  '{0} received too many requests from here.': '{0} hat zu viele Anfragen von hier bekommen.',
  'Wait a while, then try again.': 'Warten Sie eine Weile, und versuchen Sie es dann erneut.',
  'Wait {0}, then try again.': 'Warten Sie {0}, und versuchen Sie es dann erneut.',
  '{0} could not answer ({1}).': '{0} konnte nicht antworten ({1}).',
  '{0} does not list its repositories.': '{0} listet seine Repositories nicht auf.',
  'Type the name of a repository to see its tags. Docker Hub and most cloud registries list none at all; others only to an account that may see all.':
    'Tippen Sie den Namen eines Repositorys, um seine Tags zu sehen. Docker Hub und die meisten Cloud-Registries listen gar keine auf, andere nur für ein Konto, das alle sehen darf.',
  'The kept registry passwords cannot be read.':
    'Die aufbewahrten Registry-Passwörter sind nicht lesbar.',
  'Log in to your registries again.': 'Melden Sie sich neu an Ihren Registries an.',
  'no answer in time': 'keine rechtzeitige Antwort',
  'This gives up protection for {0}.': 'Das gibt den Schutz für {0} auf.',
  'A mirror is another host than the registry, named once.':
    'Ein Mirror ist ein anderer Host als die Registry, einmal genannt.',
  'Take what is double, and {0} itself, out of the mirrors.':
    'Nehmen Sie Doppeltes und {0} selbst aus den Mirrors.',
  'Everything goes to {0} unprotected, passwords included: whoever is in between can read it and change images.':
    'Alles geht ungeschützt an {0}, auch Passwörter: Wer dazwischen ist, kann mitlesen und Images verändern.',
  'Any certificate is taken for {0}: whoever is in between can pretend to be it, read your password and change images.':
    'Für {0} gilt jedes Zertifikat: Wer dazwischen ist, kann sich dafür ausgeben, Ihr Passwort lesen und Images verändern.',
  'no token from {0}': 'kein Token von {0}',
  'no token service': 'kein Token-Dienst',
} satisfies Sentences
