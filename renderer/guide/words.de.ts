import type { WordsLike } from '../words/types'
import type english from './words.en'

export default {
  title: 'Willkommen bei Longshore',
  command: 'Einführung zeigen: was Container sind',
  steps: 'Schritte der Einführung',
  position: '{position} von {all}',
  skip: 'Überspringen',
  back: 'Zurück',
  next: 'Weiter',
  done: 'Fertig',
  engine: {
    title: 'Die Engine',
    what: 'Eine Engine wie Docker oder Podman verwahrt Images und führt Container aus. Longshore zeigt, was sie tut, und sagt ihr, was sie tun soll; selbst führt es keine aus.',
    found: '{name} wurde gefunden und ist verbunden.',
    searching: 'Eine Engine wird gesucht …',
    none: 'Auf diesem Rechner antwortet noch keine Engine.',
    help: 'Finden oder installieren',
    where: 'Engines anderer Rechner kommen auf der Seite „Engines“ hinzu, über SSH oder TLS.',
  },
  image: {
    title: 'Image',
    picture: 'Ein Name zeigt auf ein Image: eine Konfiguration über einem Stapel von drei Layern.',
    what: 'Ein Image ist alles, was ein Programm zum Laufen braucht: Dateien in Layern, die nur gelesen werden, und eine Konfiguration, die sagt, was zu starten ist. Es ändert sich nie; eine andere Version ist ein anderes Image.',
    where:
      'Ein Name mit Tag wie shop:1.2 zeigt nur darauf und kann auf ein anderes versetzt werden.',
    name: 'ein Name',
    config: 'Konfiguration: was gestartet wird',
    app: 'Ihr Programm',
    runtime: 'worauf es läuft',
    base: 'Grundlage des Systems',
  },
  layer: {
    title: 'Layer',
    picture: 'Zwei Images haben je einen eigenen Layer und teilen sich die beiden darunter.',
    what: 'Jeder Schritt eines Builds legt einen Layer mit den Dateien darüber, die er geändert hat. Images, die gleich beginnen, teilen sich ihre Layer; diese werden nur einmal gespeichert, gepullt und gepusht.',
    where:
      'Die Details eines Images zeigen seine Layer, was jeder hinzufügt und was darin verschwendet ist.',
    ofOne: 'nur in shop:1.1',
    ofOther: 'nur in shop:1.2',
    once: 'einmal gespeichert',
  },
  container: {
    title: 'Container',
    picture:
      'Zwei Container eines Images, jeder mit eigenem Prozess und eigenem Layer zum Schreiben.',
    what: 'Ein Container ist ein Prozess, der auf einem Image läuft, mit einem dünnen Layer für das, was er schreibt. Er ist keine kleine virtuelle Maschine: Er startet so schnell wie ein Prozess.',
    where:
      'Was er schreibt, geht mit ihm, wenn er entfernt wird; es sei denn, er schrieb in ein Volume.',
    process: 'ein Prozess',
    writable: 'was er geschrieben hat',
    readOnly: 'das Image, nur gelesen',
  },
  namespace: {
    title: 'Namespace',
    picture:
      'Derselbe Prozess hat auf dem Rechner die Nummer 48213 und in seinem Container die Nummer 1.',
    what: 'Namespaces geben einem Prozess seine eigene Sicht: auf Prozesse, Dateien, Netzwerk und Benutzer. Alle teilen sich einen Kernel, der das vorspiegelt.',
    where:
      'Der Reiter „Isolation“ eines Containers zeigt seine Namespaces und mit wem er sie teilt.',
    outside: 'auf dem Rechner',
    inside: 'im Container',
    own: 'eigenes Netzwerk',
    kernel: 'ein Linux-Kernel für alle',
  },
  cgroup: {
    title: 'cgroup',
    picture: 'CPU, Speicher und Prozesse eines Containers, je mit Verbrauch und Limit.',
    what: 'Eine cgroup zählt, was die Prozesse in ihr verbrauchen, und begrenzt es. Die Diagramme zeigen genau diese Zähler.',
    where: 'Limits werden bei laufendem Container geändert: in seinem Menü unter „Limits“.',
    beyond: 'über seinem Speicherlimit wird er beendet, über seiner CPU-Zeit wartet er',
  },
  registry: {
    title: 'Registry',
    picture: 'Ein Rechner pusht ein Image in eine Registry; zwei andere pullen es von dort.',
    what: 'Eine Registry speichert Images unter Namen, die mit ihrem Host beginnen. Pull und Push bewegen nur die Layer, die der anderen Seite fehlen.',
    where: 'Anmelden, durchsehen und zwischen Registries kopieren: auf der Seite „Registries“.',
    yours: 'Ihr Rechner',
    push: 'Push',
    pull: 'Pull',
    server: 'ein Server',
    colleague: 'eine Kollegin',
  },
  samples: {
    title: 'Sehen Sie sich um',
    what: 'Vier kleine Container mit verschiedener Last geben etwas zu sehen. Sie entstehen an Ort und Stelle, ohne Download, und ein Klick entfernt sie wieder.',
    there: 'Die Beispiel-Container laufen schon.',
    noEngine: 'Dafür braucht es zuerst eine Engine.',
    palette: 'Strg+K (⌘K) findet jede Aktion und alles, was eine Engine hat.',
    beyond:
      'Kubernetes fügt hinzu, was über einen Rechner hinausgeht: Es entscheidet, welcher von vielen einen Container ausführt, und startet ihn anderswo, wenn einer ausfällt.',
    again: 'Diese Einführung steht in der Befehlspalette unter „Einführung“.',
  },
} satisfies WordsLike<typeof english>
