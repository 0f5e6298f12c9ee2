import type { Sentences } from '../../preload/contract/say'

export default {
  'The engine is not connected yet.': 'Die Engine ist noch nicht verbunden.',
  'Wait a moment and try again.': 'Warten Sie einen Moment, und versuchen Sie es erneut.',
  'The engine closed the connection.': 'Die Engine hat die Verbindung geschlossen.',
  'It may be restarting; Longshore reconnects by itself.':
    'Vielleicht startet sie gerade neu; Longshore verbindet sich von selbst wieder.',
  'The engine has stopped answering.': 'Die Engine antwortet nicht mehr.',
  'It may be busy or paused; Longshore goes on asking.':
    'Sie ist vielleicht ausgelastet oder pausiert; Longshore fragt weiter.',
  "The engine's socket was replaced.": 'Der Socket der Engine wurde ersetzt.',
  'Longshore connects to the new one by itself.':
    'Longshore verbindet sich von selbst mit dem neuen.',
  'The engine was cut off for a while.': 'Die Engine war eine Weile nicht erreichbar.',
  'Longshore connects to it again by itself.':
    'Longshore verbindet sich von selbst wieder mit ihr.',
  'The engine failed.': 'Die Engine ist gescheitert.',
  'Podman ends the build when the step that runs now is over.':
    'Podman beendet den Build, wenn der laufende Schritt vorbei ist.',
  'Make this file, readable by all:': 'Legen Sie diese Datei an, für alle lesbar:',
  'Add these settings to this file, beside what is there, or make it:':
    'Ergänzen Sie diese Einstellungen in dieser Datei, oder legen Sie sie an:',
  'Docker knows mirrors of Docker Hub only: those of this registry are used by Longshore itself, when it browses, copies and looks before a pull.':
    'Docker kennt nur Mirrors von Docker Hub: Die dieser Registry nutzt Longshore selbst, beim Durchsuchen, Kopieren und beim Blick vor einem Pull.',
  'Then let the daemon read it: sudo systemctl reload docker. A rootless daemon has its files in ~/.config/docker.':
    'Lassen Sie den Daemon sie dann lesen: sudo systemctl reload docker. Ein Rootless-Daemon hat seine Dateien in ~/.config/docker.',
  'It is read at the next pull or push. A rootless daemon has its files in ~/.config/docker.':
    'Sie wird beim nächsten Pull oder Push gelesen. Ein Rootless-Daemon hat seine Dateien in ~/.config/docker.',
  'Make this file:': 'Legen Sie diese Datei an:',
  'Longshore tells Podman so with every pull and push; the podman command needs --tls-verify=false.':
    'Longshore sagt es Podman bei jedem Pull und Push; der Befehl podman braucht --tls-verify=false.',
  'It is read at the next pull or push. A rootless Podman also reads ~/.config/containers.':
    'Sie wird beim nächsten Pull oder Push gelesen. Ein Rootless-Podman liest auch ~/.config/containers.',
  'No place is called "{0}".': 'Kein Ort heißt „{0}“.',
  'Give a socket path, an address, the name of a docker context or of a podman connection, or one of: docker, podman, colima, rancher, orbstack.':
    'Geben Sie einen Socket-Pfad, eine Adresse, den Namen eines Docker-Kontexts oder einer Podman-Verbindung an, oder eines von: docker, podman, colima, rancher, orbstack.',
  'This engine is being measured already.': 'Diese Engine wird schon vermessen.',
  'Wait until that is over, or cancel it where it was begun.':
    'Warten Sie, bis das vorbei ist, oder brechen Sie es dort ab, wo es begonnen wurde.',
  'The engine did not open a connection that goes both ways.':
    'Die Engine hat keine Verbindung in beide Richtungen geöffnet.',
  '"{0}" is not an engine address that Longshore can use.':
    '„{0}“ ist keine Engine-Adresse, die Longshore nutzen kann.',
  'Give a socket path, unix:///path, npipe:////./pipe/name, tcp://host:port or ssh://user@host.':
    'Geben Sie einen Socket-Pfad an, unix:///pfad, npipe:////./pipe/name, tcp://host:port oder ssh://benutzer@host.',
  '"{0}" is not a host that can be reached by SSH.':
    '„{0}“ ist kein Host, der über SSH erreichbar ist.',
  'Give user@host or user@host:port.': 'Geben Sie benutzer@host oder benutzer@host:port an.',
  'This engine is not known here.': 'Diese Engine ist hier nicht bekannt.',
  'Choose another engine, or search again.':
    'Wählen Sie eine andere Engine, oder suchen Sie erneut.',
  'This engine was found, not added: it has no settings.':
    'Diese Engine wurde gefunden, nicht hinzugefügt: Sie hat keine Einstellungen.',
  'This engine is known here already.': 'Diese Engine ist hier schon bekannt.',
  'It is in the list of engines.': 'Sie steht in der Liste der Engines.',
  'This engine speaks API {0}; Longshore needs {1} or newer.':
    'Diese Engine spricht API {0}; Longshore braucht {1} oder neuer.',
  '(unknown)': '(unbekannt)',
  'Update the engine to Docker 19.03, Podman 4, or newer.':
    'Aktualisieren Sie die Engine auf Docker 19.03, Podman 4 oder neuer.',
  'This engine needs API {0} or newer; Longshore speaks up to {1}.':
    'Diese Engine braucht API {0} oder neuer; Longshore spricht bis {1}.',
  'Update Longshore.': 'Aktualisieren Sie Longshore.',
  'Something listens there, but it is not a container engine.':
    'Dort lauscht etwas, aber keine Container-Engine.',
  'What answers there does not speak plain HTTP.':
    'Was dort antwortet, spricht kein unverschlüsseltes HTTP.',
  'If it is an engine that speaks TLS, turn TLS on for it.':
    'Ist es eine Engine mit TLS, schalten Sie TLS für sie ein.',
  'SSH is not known here.': 'SSH ist hier nicht bekannt.',
  'No connection was made.': 'Es kam keine Verbindung zustande.',
  "The engine's answer cannot be read.": 'Die Antwort der Engine ist nicht lesbar.',
  'Try again; if this goes on, something between Longshore and the engine changes it.':
    'Versuchen Sie es erneut; bleibt es dabei, verändert sie etwas zwischen Longshore und der Engine.',
  "The engine's answer was cut off.": 'Die Antwort der Engine brach ab.',
  'It may be restarting; try again.': 'Vielleicht startet sie gerade neu; versuchen Sie es erneut.',
} satisfies Sentences
