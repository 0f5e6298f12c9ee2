import type { WordsLike } from '../../words/types'
import type english from './words.en'

export default {
  mark: 'neueres Image',
  markTitle: 'Sein Image-Name steht jetzt für ein neueres Image: {reference}',
  action: 'Mit neuem Image neu erstellen…',
  title: '{name} neu erstellen',
  reading: 'Images werden verglichen…',
  retry: 'Erneut versuchen',
  section: 'Ein neueres Image ist da',
  from: 'Erstellt aus',
  to: 'Der Name meint jetzt',
  image: '{id}, {age} alt',
  imageNoAge: '{id}',
  stops:
    '{name} wird sofort gekillt, denn seine Stopp-Frist ist 0, und der neue gestartet. | {name} wird gestoppt, hat bis zu 1 Sekunde, um von selbst zu enden, und der neue wird gestartet. | {name} wird gestoppt, hat bis zu {count} Sekunden, um von selbst zu enden, und der neue wird gestartet.',
  restsToo: '{name} läuft nicht, und der neue wird nicht gestartet.',
  keptAs: 'Der alte Container bleibt gestoppt als {name}: Sie können zu ihm zurück.',
  keptTitle: 'Bleibt, wie es ist',
  kept: {
    environment: 'Umgebung',
    mounts: 'Volumes und Ordner',
    networks: 'Netzwerke',
    ports: 'Ports',
    all: 'Limits, Neustart-Regel, Labels und jede andere Einstellung, die er bekam, bleiben auch.',
  },
  changesTitle: 'Ändert sich mit dem Image',
  noChanges:
    'Die beiden Images geben ihm dieselben Einstellungen; nur ihre Dateien unterscheiden sich.',
  fields: {
    entrypoint: 'Entrypoint',
    command: 'Befehl',
    environment: 'Variable {name}',
    port: 'Port',
    volume: 'Volume',
    user: 'Benutzer',
    workingFolder: 'Arbeitsordner',
    healthcheck: 'Healthcheck',
    stopSignal: 'Stopp-Signal',
  },
  nothing: 'nichts',
  fromTo: '{before} → {after}',
  overridden: 'nicht für diesen Container, der seinen eigenen Wert hat',
  dependents:
    '{names} nutzt sein Netzwerk und muss auch neu erstellt werden. | {names} nutzen sein Netzwerk und müssen auch neu erstellt werden.',
  keptRestarts:
    'Diese Engine würde den alten Container wieder starten, wenn der Rechner startet: Entfernen Sie ihn, sobald der neue funktioniert.',
  keepAddresses: 'Seine Adressen behalten ({addresses})',
  keepAddressesHint:
    'Diese Engine sagt nicht, ob sie für ihn gewählt oder vom Netzwerk vergeben wurden.',
  obstacles: {
    'auto-remove': 'Er wird entfernt, sobald er stoppt, also gäbe es keinen Weg zurück zu ihm.',
    'image-gone':
      'Das Image, aus dem er erstellt wurde, ist weg, also lassen sich seine eigenen Einstellungen nicht von denen des Images unterscheiden.',
    'in-pod': 'Er gehört zu einem Pod, dessen Container nicht einzeln neu erstellt werden können.',
  },
  confirm: 'Neu erstellen',
  stages: {
    creating: 'Der neue Container wird erstellt…',
    stopping: 'Warten, bis der alte Container stoppt…',
    starting: 'Der neue Container wird gestartet…',
  },
  done: '{name} wurde aus dem neuen Image neu erstellt.',
  doneHint: 'Der alte bleibt als {name}.',
  undo: 'Rückgängig',
  undone: '{name} ist wieder wie zuvor.',
  keptSection: 'Der Container davor',
  keptNote: '{name} ist dieser Container, wie er war, bevor er neu erstellt wurde.',
  goBack: 'Zu ihm zurück…',
  goBackTitle: 'Zum vorigen {name} zurück?',
  goBackBody:
    'Der jetzige Container wird gestoppt und entfernt; seine Volumes bleiben. Der alte bekommt seinen Namen zurück und wird gestartet, wenn er lief.',
  goBackConfirm: 'Zurück',
  removeKept: 'Alten Container entfernen…',
  removeKeptTitle: '{name} entfernen?',
  removeKeptBody: 'Dann gibt es keinen Weg zurück zu ihm. Seine Volumes bleiben.',
  removeKeptConfirm: 'Entfernen',
  keptRemoved: '{name} wurde entfernt.',
} satisfies WordsLike<typeof english>
