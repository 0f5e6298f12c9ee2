import type { Sentences } from '../../preload/contract/say'

export default {
  'There is no "{0}".': '„{0}“ gibt es nicht.',
  'The engine did not tell which image it made.':
    'Die Engine hat nicht gesagt, welches Image entstanden ist.',
  'has a link that leads out of it ({0})': 'hat einen Link, der aus ihm hinausführt ({0})',
  '"{0}" is a folder.': '„{0}“ ist ein Ordner.',
  '"{0}" is no ordinary file.': '„{0}“ ist keine gewöhnliche Datei.',
  'Nothing was kept of it. Try again.': 'Nichts davon wurde behalten. Versuchen Sie es erneut.',
  '"{0}" is there already.': '„{0}“ gibt es schon.',
  'Choose another name, or replace it.':
    'Wählen Sie einen anderen Namen, oder ersetzen Sie, was da ist.',
  'Write name:tag.': 'Schreiben Sie Name:Tag.',
  'Nothing was kept of it. Try again, and tell its administrator if this goes on.':
    'Nichts davon wurde behalten. Versuchen Sie es erneut; bleibt es dabei, wenden Sie sich an die Administration der Registry.',
  'The digest follows from the content; write name:tag.':
    'Der Digest ergibt sich aus dem Inhalt; schreiben Sie Name:Tag.',
  'Trying again: {0}': 'Neuer Versuch: {0}',
  'Something failed.': 'Etwas ist fehlgeschlagen.',
  'What was sent does not fit.': 'Die Eingabe passt nicht.',
  'The engine did not answer in time.': 'Die Engine hat nicht rechtzeitig geantwortet.',
  'It may be busy; try again, or restart the engine if this goes on.':
    'Sie ist vielleicht ausgelastet; versuchen Sie es erneut, oder starten Sie die Engine neu, wenn es dabei bleibt.',
  'Cancelled.': 'Abgebrochen.',
  'The engine does not accept this.': 'Die Engine nimmt das nicht an.',
  'The engine or the registry refused access.':
    'Die Engine oder die Registry hat den Zugriff verweigert.',
  'Log in to the registry again, or check what this account may do.':
    'Melden Sie sich neu an der Registry an, oder prüfen Sie, was dieses Konto darf.',
  'It is not there any more.': 'Das gibt es nicht mehr.',
  'Its present state does not allow this.': 'Im jetzigen Zustand geht das nicht.',
  'The engine could not do it.': 'Die Engine konnte das nicht ausführen.',
  "The engine's disk is full.": 'Die Platte der Engine ist voll.',
  'Remove images and containers that are not needed, then try again.':
    'Entfernen Sie Images und Container, die nicht gebraucht werden, und versuchen Sie es erneut.',
  'A text holds half a character, which cannot be sent.':
    'Ein Text enthält ein halbes Zeichen, das nicht gesendet werden kann.',
  'Type it again instead of pasting it.': 'Tippen Sie ihn neu, statt ihn einzufügen.',
  'The disk of this machine is full.': 'Die Platte dieses Rechners ist voll.',
  'Free some space, then try again.': 'Schaffen Sie Platz, und versuchen Sie es erneut.',
  "This user may not use the engine's socket.":
    'Dieser Benutzer hat keinen Zugriff auf den Socket der Engine.',
  'Add yourself to the "docker" group (sudo usermod -aG docker $USER, then log in again), or use a rootless engine.':
    'Nehmen Sie sich in die Gruppe „docker“ auf (sudo usermod -aG docker $USER, dann neu anmelden), oder nutzen Sie eine Engine ohne Root-Rechte (rootless).',
  'The engine does not answer.': 'Die Engine antwortet nicht.',
  'Start it (for example: sudo systemctl start docker); Longshore reconnects by itself.':
    'Starten Sie sie (zum Beispiel: sudo systemctl start docker); Longshore verbindet sich von selbst wieder.',
  "The engine's host cannot be reached.": 'Der Host der Engine ist nicht erreichbar.',
  "Check the host's name, the network and a VPN; Longshore reconnects by itself.":
    'Prüfen Sie den Namen des Hosts, das Netzwerk und ein VPN; Longshore verbindet sich von selbst wieder.',
  'The container does not run.': 'Der Container läuft nicht.',
  'The fault is on its side: try again later, or tell its administrator.':
    'Der Fehler liegt bei der Registry: Versuchen Sie es später erneut, oder wenden Sie sich an ihre Administration.',
  'It is in use.': 'Es ist in Benutzung.',
  'Passwords given to Longshore are kept in a file that only this user can read.':
    'Passwörter, die Longshore bekommt, liegen in einer Datei, die nur dieser Benutzer lesen kann.',
  "The system's key store does not open the passwords that Longshore kept.":
    'Der Schlüsselspeicher des Systems gibt die Passwörter nicht heraus, die Longshore aufbewahrt.',
  'Unlock it and try again; if its key is lost, delete {0}.':
    'Entsperren Sie ihn, und versuchen Sie es erneut; ist sein Schlüssel verloren, löschen Sie {0}.',
  'This system has no key store that Longshore can use: passwords given to it are kept in a file that only this user can read.':
    'Dieses System hat keinen Schlüsselspeicher, den Longshore nutzen kann: Passwörter liegen in einer Datei, die nur dieser Benutzer lesen kann.',
} satisfies Sentences
