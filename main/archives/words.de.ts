import type { Sentences } from '../../preload/contract/say'

export default {
  'The file is compressed with {0}.': 'Die Datei ist mit {0} komprimiert.',
  'Install {0}, or unpack the file first.':
    'Installieren Sie {0}, oder entpacken Sie die Datei vorher.',
  'The file is damaged or cut off.': 'Die Datei ist beschädigt oder unvollständig.',
  'Copy or save it again.': 'Kopieren oder speichern Sie sie noch einmal.',
  'has too many entries': 'hat zu viele Einträge',
  'describes itself in a file that is too large ({0})':
    'beschreibt sich in einer Datei, die zu groß ist ({0})',
  'The archive is empty or cut off.': 'Das Archiv ist leer oder unvollständig.',
  'This is no tar archive, or it is damaged or cut off.':
    'Das ist kein Tar-Archiv, oder es ist beschädigt oder unvollständig.',
  'Choose a file that "docker save" or "docker export" wrote, or save it again.':
    'Wählen Sie eine Datei, die „docker save“ oder „docker export“ geschrieben hat, oder speichern Sie sie noch einmal.',
  'The archive {0}.': 'Das Archiv {0}.',
  'Nothing of it was used. Take it from somebody whom you trust.':
    'Nichts davon wurde verwendet. Nehmen Sie es von jemandem, dem Sie vertrauen.',
  'has an absolute path ({0})': 'hat einen absoluten Pfad ({0})',
  'has a path that leads out of it ({0})': 'hat einen Pfad, der aus ihm hinausführt ({0})',
  'Check the path; its folder must be there.':
    'Prüfen Sie den Pfad; der Ordner muss vorhanden sein.',
  'This user may not use "{0}".': 'Dieser Benutzer hat keinen Zugriff auf „{0}“.',
  'Choose another place, or change who may use the file and its folder.':
    'Wählen Sie einen anderen Ort, oder ändern Sie die Rechte der Datei und ihres Ordners.',
  '"{0}" lies on a disk that is read-only.': '„{0}“ liegt auf einer schreibgeschützten Platte.',
  '"{0}" cannot be the name of a file.': '„{0}“ kann kein Dateiname sein.',
  'There is no room left where "{0}" is.': 'Wo „{0}“ liegt, ist kein Platz mehr.',
  'Free some space there, or choose another place.':
    'Schaffen Sie dort Platz, oder wählen Sie einen anderen Ort.',
  'The disk takes no file as large as "{0}".':
    'Die Platte nimmt keine so große Datei wie „{0}“ auf.',
  '"{0}" is a link that leads back to itself.':
    '„{0}“ ist ein Link, der auf sich selbst zurückführt.',
  'This file holds images, no root file system.':
    'Diese Datei enthält Images, kein Root-Dateisystem.',
  'Load it instead.': 'Laden Sie sie stattdessen.',
  'holds devices': 'enthält Gerätedateien',
  'There are no images in this file.': 'In dieser Datei sind keine Images.',
  'It may be a root file system: those are imported.':
    'Vielleicht ist es ein Root-Dateisystem: Das wird importiert.',
  'A value was not kept, since it is secret: {0}':
    'Ein Wert wurde nicht aufbewahrt, weil er geheim ist: {0}',
  'Begin anew, and type it again.': 'Beginnen Sie neu, und geben Sie ihn noch einmal ein.',
  'The engine broke off reading the file.': 'Die Engine hat das Lesen der Datei abgebrochen.',
  'The engine finds no images in this file.': 'Die Engine findet in dieser Datei keine Images.',
  'Docker takes OCI layouts from version 25 on; a root file system can be imported.':
    'Docker liest OCI-Layouts ab Version 25; ein Root-Dateisystem lässt sich importieren.',
  'The engine does not take this file.': 'Die Engine nimmt diese Datei nicht an.',
  'The path must be absolute.': 'Der Pfad muss absolut sein.',
  '"{0}" changed while it was read.': '„{0}“ wurde verändert, während die Datei gelesen wurde.',
  'Try again when it is written to the end.':
    'Versuchen Sie es erneut, wenn sie fertig geschrieben ist.',
  '"{0}" is empty.': '„{0}“ ist leer.',
  'The engine broke off before the archive was whole.':
    'Die Engine hat abgebrochen, bevor das Archiv vollständig war.',
  'Write it from the root on, such as /home/me/images.tar.':
    'Schreiben Sie ihn von der Wurzel an, etwa /home/ich/images.tar.',
  'Add the name of the file to it.': 'Hängen Sie den Dateinamen an.',
} satisfies Sentences
