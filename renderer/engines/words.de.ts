import type { WordsLike } from '../words/types'
import details from './details/words.de'
import form from './form/words.de'
import hostKey from './hostKey/words.de'
import type english from './words.en'

export default {
  details,
  form,
  hostKey,
  title: 'Engines',
  body: 'Eine Engine verwahrt Images und führt Container aus. Die Seiten zeigen eine davon oder, wo es mehrere gibt, die Container von allen.',
  add: 'Engine hinzufügen…',
  allContainers: 'Container aller Engines',
  edit: '{name} ändern…',
  show: 'Diese zeigen',
  shown: 'Gezeigt',
  reconnect: 'Jetzt versuchen',
  endpoint: 'Adresse',
  foundBy: 'Gefunden durch',
  protection: 'Schutz',
  protections: {
    none: 'Keiner: Nichts ist verschlüsselt, und wer den Port erreicht, befiehlt über den Host',
    unverified:
      'Verschlüsselt, aber wer dort antwortet, dem wird geglaubt: Sein Zertifikat wird nicht geprüft',
    tls: 'Verschlüsselt mit TLS; nur mit einem Zertifikat, für das eine Zertifizierungsstelle bürgt',
    ssh: 'Verschlüsselt mit SSH; nur mit dem Schlüssel des Hosts, dem vertraut wird',
  },
  apiVersion: 'API-Version',
  machine: 'Rechner',
  cpus: '1 CPU | {count} CPUs',
  memory: '{bytes} Speicher',
  rights: 'Rechte',
  rootless: 'Rootless: Container haben die Rechte eines Benutzers',
  rootful: 'Root: Wer diese Engine erreicht, kann auf ihrem Rechner alles tun',
  statsSource: 'Statistik',
  statsSources: {
    cgroup: 'Direkt aus den cgroup-Dateien des Kernels gelesen, fast ohne Aufwand',
    'engine-api': 'Bei der Engine erfragt, was sie etwas CPU kostet',
  },
  lastHeard: 'Zuletzt gehört',
  ago: 'vor {age}',
  states: {
    discovering: 'Noch nicht da',
    connected: 'Verbunden',
    connecting: 'Verbindet',
    stale: 'Antwortet nicht',
    reconnecting: 'Verbindet neu',
    unauthorized: 'Keine Berechtigung',
    untrusted: 'Host nicht vertraut',
    incompatible: 'Nicht kompatibel',
  },
  offers: {
    title: 'Bei docker und podman auf diesem Rechner bekannt',
    body: 'Sie sind auf anderen Hosts, deshalb nimmt Longshore nicht von selbst Kontakt auf: Es würde sich dort ungefragt anmelden oder zeigen, wer Sie sind.',
    connect: 'Verbinden',
    connectTo: 'Mit {name} verbinden',
  },
  remove: {
    action: '{name} entfernen…',
    title: 'Die Engine {name} entfernen?',
    added:
      'Longshore vergisst ihre Adresse, ihren Namen und die Dateien, mit denen es eingelassen wird (die Dateien bleiben).',
    found: 'Sie wurde von selbst gefunden: Die nächste Suche bringt sie zurück.',
    stays:
      'Ihre Container, Images und Volumes bleiben, wie sie sind, und laufen weiter. Was von ihnen gemessen wurde, bleibt: Ihre Diagramme sind wieder da, wenn sie wieder hinzugefügt wird.',
    confirm: 'Entfernen',
    done: '{name} wurde entfernt.',
  },
  palette: {
    show: 'Die Engine {name} zeigen',
    all: 'Die Container aller Engines zeigen',
    edit: 'Die Engine {name} ändern…',
    remove: 'Die Engine {name} entfernen…',
    search: 'Engines suchen',
  },
  none: {
    title: 'Keine Container-Engine gefunden',
    body: 'Eine Container-Engine ist das Programm, das Images verwahrt und Container ausführt: Docker oder Podman. Sobald eine antwortet, wird sie hier ohne jede Einstellung gezeigt.',
    searching: 'Eine Container-Engine wird gesucht…',
    searchAgain: 'Noch einmal suchen',
    tried: 'Was versucht wurde',
    triedBody: 'Die Orte, an denen eine Engine meist zu finden ist, und warum sie keine ergaben.',
    install: 'Eine installieren',
    installBody: 'Podman ist die kleinere und braucht keinen Dienst, der als root läuft.',
  },
  systems: {
    debian: 'Debian, Ubuntu',
    fedora: 'Fedora, RHEL',
    arch: 'Arch',
    mac: 'macOS',
    windows: 'Windows',
  },
} satisfies WordsLike<typeof english>
