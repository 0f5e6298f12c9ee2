import type { Sentences } from '../../preload/contract/say'

export default {
  'It is privileged: whatever runs inside has every right of root and every device of the host.':
    'Er ist privilegiert: Was darin läuft, hat alle Rechte von root und alle Geräte des Hosts.',
  "It mounts a container engine's socket: whatever runs inside can start any container, and so is root on the engine's host.":
    'Er mountet den Socket einer Container-Engine: Was darin läuft, kann jeden Container starten und ist damit root auf dem Host der Engine.',
  "It mounts the host's whole file system: whatever runs inside can read and change every file there.":
    'Er mountet das ganze Dateisystem des Hosts: Was darin läuft, kann dort jede Datei lesen und ändern.',
  "It shares the host's network: whatever runs inside reaches every service that listens on the host only, and can listen on any port.":
    'Er teilt sich das Netzwerk mit dem Host: Was darin läuft, erreicht jeden Dienst, der nur auf dem Host lauscht, und kann auf jedem Port lauschen.',
  "It sees the host's processes: whatever runs inside can look into them and, as root, end them.":
    'Er sieht die Prozesse des Hosts: Was darin läuft, kann in sie hineinsehen und sie als root beenden.',
  'Run it only if you trust the image and mean to give it this power.':
    'Starten Sie ihn nur, wenn Sie dem Image vertrauen und ihm diese Macht geben wollen.',
  'A port it wants is taken already.': 'Ein Port, den er braucht, ist schon belegt.',
  'Choose another host port, or leave it empty and the engine picks a free one.':
    'Wählen Sie einen anderen Host-Port, oder lassen Sie ihn leer: Dann sucht die Engine einen freien.',
  'A port is to be opened at an address that the machine does not have.':
    'Ein Port soll an einer Adresse geöffnet werden, die der Rechner nicht hat.',
  'Choose another address for the port.': 'Wählen Sie eine andere Adresse für den Port.',
  'Another container has this name.': 'Ein anderer Container hat diesen Namen.',
  'Choose another name, or leave it empty and the engine makes one up.':
    'Wählen Sie einen anderen Namen, oder lassen Sie ihn leer: Dann denkt sich die Engine einen aus.',
  'The engine has no init program of its own.': 'Die Engine hat kein eigenes Init-Programm.',
  'Install catatonit on the engine’s machine, or switch init off.':
    'Installieren Sie catatonit auf dem Rechner der Engine, oder schalten Sie Init aus.',
  'Its command does not exist in the image.': 'Seinen Befehl gibt es im Image nicht.',
  'Check the command; leave it empty to run what the image says.':
    'Prüfen Sie den Befehl; bleibt er leer, läuft, was das Image vorgibt.',
  'A network that it wants does not exist.': 'Ein Netzwerk, das er braucht, gibt es nicht.',
  'Choose a network that the engine has, or make this one first.':
    'Wählen Sie ein Netzwerk, das die Engine hat, oder legen Sie dieses zuerst an.',
  'The engine has no GPUs to give.': 'Die Engine hat keine GPUs zu vergeben.',
  'Install the NVIDIA Container Toolkit on the engine’s machine, or ask for no GPUs.':
    'Installieren Sie das NVIDIA Container Toolkit auf dem Rechner der Engine, oder verlangen Sie keine GPUs.',
  'The container does not run, so there is no end to wait for.':
    'Der Container läuft nicht; es gibt kein Ende, auf das man warten könnte.',
  'The container is gone, and nobody saw how it ended.':
    'Der Container ist weg, und niemand hat gesehen, wie er endete.',
  'it ended without an error': 'er endete ohne Fehler',
  'its program ended with an error of its own': 'sein Programm endete mit einem eigenen Fehler',
  'its program says that it was called in a wrong way':
    'sein Programm meldet, dass es falsch aufgerufen wurde',
  'the engine could not run it': 'die Engine konnte ihn nicht ausführen',
  'its command cannot be executed': 'sein Befehl ist nicht ausführbar',
  'its command was not found in the image': 'sein Befehl wurde im Image nicht gefunden',
  'it was interrupted, as with Ctrl+C': 'er wurde unterbrochen, wie mit Strg+C',
  'it gave up by itself (SIGABRT)': 'er hat von selbst aufgegeben (SIGABRT)',
  'the kernel killed it because it used more memory than it may':
    'der Kernel hat ihn beendet, weil er mehr Speicher brauchte als erlaubt',
  'it was killed, perhaps for want of memory':
    'er wurde hart beendet, vielleicht aus Mangel an Speicher',
  'it was killed (SIGKILL)': 'er wurde hart beendet (SIGKILL)',
  'it was killed, as was asked for': 'er wurde hart beendet, wie gewünscht',
  'it crashed (SIGSEGV)': 'er ist abgestürzt (SIGSEGV)',
  'it wrote to something that nobody reads any more': 'er schrieb in etwas, das niemand mehr liest',
  'it was asked to stop, and did': 'er wurde gestoppt, wie gewünscht',
  'it was ended by a signal': 'er wurde durch ein Signal beendet',
  'Exit code {0}: {1}.': 'Exit-Code {0}: {1}.',
  'This engine runs health checks only by its clock.':
    'Diese Engine führt Healthchecks nur nach ihrem Zeitplan aus.',
  'The check was not run.': 'Der Healthcheck wurde nicht ausgeführt.',
  'It runs only in a container that runs and has one.':
    'Das geht nur in einem laufenden Container, der einen hat.',
  'Change this value; nothing was sent to the engine.':
    'Ändern Sie diesen Wert; an die Engine wurde nichts gesendet.',
  'Give it more, or have it use less first.':
    'Geben Sie ihm mehr, oder lassen Sie ihn erst weniger verbrauchen.',
  'This engine does not change that in a container that exists.':
    'Diese Engine ändert das nicht an einem bestehenden Container.',
  'This engine changes limits only while the container runs.':
    'Diese Engine ändert Limits nur, während der Container läuft.',
  'Engines give a container a hundredth of a core at least.':
    'Engines geben einem Container mindestens ein Hundertstel eines Kerns.',
  'The machine does not have so many cores.': 'So viele Kerne hat der Rechner nicht.',
  'The container uses more CPU than that.': 'Der Container verbraucht mehr CPU als das.',
  'Engines give a container 6 MiB of memory at least.':
    'Engines geben einem Container mindestens 6 MiB Speicher.',
  'The machine does not have so much memory.': 'So viel Speicher hat der Rechner nicht.',
  'The container holds more memory than that and cannot give it back.':
    'Der Container belegt mehr Speicher als das und kann ihn nicht zurückgeben.',
  'The container uses more memory than that.': 'Der Container verbraucht mehr Speicher als das.',
  'The reservation is above the memory limit, where it means nothing.':
    'Die Reservierung liegt über dem Speicherlimit, wo sie nichts bewirkt.',
  'Engines reserve 6 MiB of memory at least.': 'Engines reservieren mindestens 6 MiB Speicher.',
  'A container needs a process at least.': 'Ein Container braucht mindestens einen Prozess.',
  'The container has more processes than that.': 'Der Container hat mehr Prozesse als das.',
  'A container that is removed when it ends cannot be restarted.':
    'Ein Container, der am Ende entfernt wird, kann nicht neu gestartet werden.',
  'Only “on failure” counts how often a container was restarted.':
    'Nur „bei Fehler“ zählt, wie oft ein Container neu gestartet wurde.',
  'The engine has no image named {0}.': 'Die Engine hat kein Image namens {0}.',
  'Pull it first.': 'Pullen Sie es zuerst.',
  'This container is removed as soon as it stops, so there would be no way back to it.':
    'Dieser Container wird entfernt, sobald er stoppt; es gäbe keinen Weg zu ihm zurück.',
  'The image that this container was made from is gone, so its own settings cannot be told from the image’s.':
    'Das Image, aus dem dieser Container entstand, ist weg; seine eigenen Einstellungen sind von denen des Images nicht zu unterscheiden.',
  'This container is part of a pod, which cannot be made again one by one.':
    'Dieser Container gehört zu einem Pod; dessen Container lassen sich nicht einzeln neu erstellen.',
  'Run a new one from the image, and remove this one when the new one works.':
    'Starten Sie einen neuen aus dem Image, und entfernen Sie diesen, wenn der neue funktioniert.',
  'The old container could not be brought back either: it is {0}, and nothing of it is lost. Give it its name “{1}” again and start it.':
    'Auch der alte Container konnte nicht zurückgeholt werden: Es ist {0}, und nichts davon ist verloren. Geben Sie ihm seinen Namen „{1}“ zurück, und starten Sie ihn.',
  'The old container is back under its name and runs.':
    'Der alte Container hat seinen Namen wieder und läuft.',
  'The old container is as it was.': 'Der alte Container ist, wie er war.',
  'The new container could not be created.': 'Der neue Container konnte nicht erstellt werden.',
  'The new container could not be connected to its networks.':
    'Der neue Container konnte nicht mit seinen Netzwerken verbunden werden.',
  'The container could not be stopped.': 'Der Container konnte nicht gestoppt werden.',
  'The containers could not change their names.':
    'Die Container konnten ihre Namen nicht tauschen.',
  'The new container could not be started.': 'Der neue Container konnte nicht gestartet werden.',
  'The new container was started and did not keep running.':
    'Der neue Container wurde gestartet, lief aber nicht weiter.',
  'The old container could not be started.': 'Der alte Container konnte nicht gestartet werden.',
  '“{0}” was not kept for “{1}”.': '„{0}“ wurde nicht für „{1}“ aufgehoben.',
  'Rename and start the one that you want by hand.':
    'Benennen und starten Sie den gewünschten von Hand.',
  'The new container could not be brought back either: it is {0}, and nothing of it is lost.':
    'Auch der neue Container konnte nicht zurückgeholt werden: Es ist {0}, und nichts davon ist verloren.',
  'The new container is as it was.': 'Der neue Container ist, wie er war.',
  'Making a container again does not rename it.':
    'Das Neuerstellen benennt einen Container nicht um.',
  'Rename it by itself: that needs no new container.':
    'Benennen Sie ihn für sich um: Dafür braucht es keinen neuen Container.',
  'Nothing was changed.': 'Nichts wurde geändert.',
  'It ended, and its engine started it again.':
    'Er endete, und seine Engine hat ihn neu gestartet.',
  'Make a new container by hand.': 'Erstellen Sie von Hand einen neuen Container.',
  'The value of {0} is hidden and not known.': 'Der Wert von {0} ist verborgen und nicht bekannt.',
  'Write the value.': 'Schreiben Sie den Wert hin.',
  'The container is started again and again, and ended each time before it could be stopped.':
    'Der Container wird immer wieder gestartet und endete jedes Mal, bevor er gestoppt werden konnte.',
  'Try again, or remove it.': 'Versuchen Sie es erneut, oder entfernen Sie ihn.',
} satisfies Sentences
