import type { Sentences } from '../../preload/contract/say'

export default {
  'Nothing can be written there: it is read-only.':
    'Dort kann nichts geschrieben werden: Es ist schreibgeschützt.',
  'A file and a folder of the same name are in each other’s way.':
    'Eine Datei und ein Ordner gleichen Namens stehen einander im Weg.',
  'Rename or remove the one that is there.': 'Benennen Sie um oder entfernen Sie, was da ist.',
  'It may have been moved or removed meanwhile; reload the folder.':
    'Vielleicht wurde es inzwischen verschoben oder entfernt; laden Sie den Ordner neu.',
  'A volume comes from no image.': 'Ein Volume stammt aus keinem Image.',
  '"{0}" is seen only by the container\'s own processes.':
    '„{0}“ sehen nur die Prozesse des Containers selbst.',
  'Engines hand out no files of /proc, /sys, or of memory. Open a terminal instead.':
    'Engines geben keine Dateien aus /proc, /sys oder dem Arbeitsspeicher heraus. Öffnen Sie stattdessen ein Terminal.',
  '"{0}" is no folder.': '„{0}“ ist kein Ordner.',
  'It is no ordinary file any more.': 'Es ist keine gewöhnliche Datei mehr.',
  'The engine broke off before the file was whole.':
    'Die Engine hat abgebrochen, bevor die Datei vollständig war.',
  'Choose another name.': 'Wählen Sie einen anderen Namen.',
  'Open the folder that it is in.': 'Öffnen Sie den Ordner, in dem es liegt.',
  'What is mounted at "{0}" can only be read here.':
    'Was unter „{0}“ gemountet ist, kann hier nur gelesen werden.',
  'It was mounted read-only. Change it where it comes from, or mount it writable.':
    'Es wurde schreibgeschützt gemountet. Ändern Sie es dort, wo es herkommt, oder mounten Sie es beschreibbar.',
  "The container's own files can only be read.":
    'Die eigenen Dateien des Containers können nur gelesen werden.',
  'It was made with a read-only root. Only what is mounted into it can be changed.':
    'Er wurde mit schreibgeschützter Wurzel erstellt. Nur was gemountet ist, kann geändert werden.',
  '"{0}" is mounted from outside.': '„{0}“ ist von außen gemountet.',
  'The root cannot be taken away.': 'Die Wurzel kann nicht entfernt werden.',
  'It stays with all that is above it; what is in {0} can go.':
    'Es bleibt mit allem, was darüber liegt; was in {0} ist, kann weg.',
  'There is more than can be shown.': 'Es ist mehr, als gezeigt werden kann.',
  'Look into a smaller folder.': 'Sehen Sie in einen kleineren Ordner.',
  'The engine broke off before all of it was read.':
    'Die Engine hat abgebrochen, bevor alles gelesen war.',
  'Try again; what is read may have gone meanwhile.':
    'Versuchen Sie es erneut; vielleicht ist inzwischen weg, was gelesen wird.',
  'The link "{0}" leads to nothing.': 'Der Link „{0}“ führt ins Leere.',
  'What it names is not there.': 'Was er nennt, gibt es nicht.',
  'It may mean something in a container that has this volume; here is only the volume.':
    'In einem Container mit diesem Volume bedeutet er vielleicht etwas; hier ist nur das Volume.',
  'The text is too long to be written from here.':
    'Der Text ist zu lang, um von hier geschrieben zu werden.',
  'Up to {0} KiB can be edited; upload a larger file.':
    'Bis zu {0} KiB lassen sich bearbeiten; laden Sie eine größere Datei hoch.',
  '"{0}" is not there any more.': '„{0}“ gibt es nicht mehr.',
  'It was removed or renamed since it was opened here.':
    'Es wurde entfernt oder umbenannt, seit es hier geöffnet wurde.',
  '"{0}" was changed since it was opened here.':
    '„{0}“ wurde geändert, seit es hier geöffnet wurde.',
  'Look at what is there now, write over it, or keep both.':
    'Sehen Sie nach, was jetzt da ist, überschreiben Sie es, oder behalten Sie beides.',
  'Nobody tells who owns "{0}" now.': 'Niemand sagt, wem „{0}“ jetzt gehört.',
  'Podman tells the owner only while the container runs. Saved from here it belongs to root.':
    'Podman nennt den Eigentümer nur, während der Container läuft. Von hier gespeichert, gehört es root.',
  'This container has no program "{0}".': 'Dieser Container hat kein Programm „{0}“.',
  'Its image brings none, so its files can be added and replaced from here, but not taken away or renamed.':
    'Sein Image bringt keines mit; Dateien lassen sich von hier hinzufügen und ersetzen, aber nicht entfernen oder umbenennen.',
  'Engines can put files into a stopped container, but take none away. Start it, then try again.':
    'Engines können Dateien in einen gestoppten Container legen, aber keine entfernen. Starten Sie ihn, und versuchen Sie es erneut.',
  'It lies where nothing can be written.': 'Es liegt, wo nichts geschrieben werden kann.',
  "The container's root may not do this.": 'root im Container darf das nicht.',
  'The container was made with fewer rights than that takes.':
    'Der Container wurde mit weniger Rechten erstellt, als das braucht.',
  '"{0}" could not do it all.': '„{0}“ konnte nicht alles erledigen.',
  'A program is needed to do this on a volume.': 'Dafür braucht es bei einem Volume ein Programm.',
  'Choose an image whose "{0}" does it.': 'Wählen Sie ein Image, dessen „{0}“ das erledigt.',
  'Choose a name that is not taken: nothing is unpacked into what is there.':
    'Wählen Sie einen freien Namen: In Vorhandenes wird nichts entpackt.',
  'holds too many files': 'enthält zu viele Dateien',
  'it leads out of the folder': 'führt aus dem Ordner hinaus',
  'it lies too deep': 'liegt zu tief',
  'what it is in is no folder': 'liegt in etwas, das kein Ordner ist',
  'it is a device': 'ist eine Gerätedatei',
  'nobody here knows what it is': 'ist von unbekannter Art',
  'is too large': 'ist zu groß',
  'it is a link that leads out, to {0}': 'ist ein Link, der hinausführt, nach {0}',
  'it is a link to what is not here': 'ist ein Link auf etwas, das nicht da ist',
  'its name is taken, perhaps by one that differs only in capital letters':
    'der Name ist belegt, vielleicht von einem, der sich nur in der Großschreibung unterscheidet',
  'The folder {0} to be unpacked.': 'Der Ordner {0}, um entpackt zu werden.',
  'Nothing of it was kept. Save it as one tar, or take a part of it.':
    'Nichts davon wurde behalten. Speichern Sie ihn als ein Tar, oder nehmen Sie nur einen Teil.',
  'The engine broke off before the folder was whole.':
    'Die Engine hat abgebrochen, bevor der Ordner vollständig war.',
  'Nothing of it was kept. Try again.': 'Nichts davon wurde behalten. Versuchen Sie es erneut.',
  'The upload is over.': 'Das Hochladen ist vorbei.',
  'This upload has ended.': 'Dieses Hochladen ist beendet.',
  '"{0}" is there already, and is not of the same kind.':
    '„{0}“ gibt es schon, und es ist von anderer Art.',
  'A folder does not replace a file, nor a file a folder. Rename one of them.':
    'Ein Ordner ersetzt keine Datei und eine Datei keinen Ordner. Benennen Sie eines davon um.',
  '{0} of these names are there already.': '{0} dieser Namen gibt es schon.',
  'Files are replaced; folders get what they lack, and files of the same name in them are replaced.':
    'Dateien werden ersetzt; Ordner bekommen, was ihnen fehlt, und gleichnamige Dateien darin werden ersetzt.',
} satisfies Sentences
