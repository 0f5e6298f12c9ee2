import type { Sentences } from '../../preload/contract/say'

export default {
  '{0} has ended': '{0} ist beendet',
  'The job still runs.': 'Der Auftrag läuft noch.',
  'Cancel it first.': 'Brechen Sie ihn zuerst ab.',
  'This job is not on the list any more.': 'Dieser Auftrag steht nicht mehr in der Liste.',
  'Longshore ended while this ran.': 'Longshore wurde beendet, während das lief.',
  'It can be done again.': 'Es lässt sich wiederholen.',
  'The connection to the engine ended before this was done.':
    'Die Verbindung zur Engine endete, bevor das fertig war.',
  'Do it again when the engine is back.': 'Wiederholen Sie es, wenn die Engine wieder da ist.',
  Backup: 'Sichern',
  Build: 'Build',
  Clone: 'Klonen',
  Commit: 'Commit',
  Copy: 'Kopieren',
  Download: 'Herunterladen',
  Export: 'Export',
  Import: 'Import',
  Load: 'Laden',
  Prune: 'Aufräumen',
  'Prune volumes': 'Volumes aufräumen',
  Pull: 'Pull',
  Push: 'Push',
  Restore: 'Wiederherstellen',
  Save: 'Speichern',
  'Save log': 'Log speichern',
  Samples: 'Beispiele',
  Wait: 'Warten auf ein Ende',
  '{0} done': '{0}: fertig',
  '{0} failed': '{0}: gescheitert',
  'The registry asks to wait: too many requests.':
    'Die Registry bittet zu warten: zu viele Anfragen.',
  'Log in to the registry, or try again later.':
    'Melden Sie sich an der Registry an, oder versuchen Sie es später erneut.',
  'There is no image for this platform.': 'Für diese Plattform gibt es kein Image.',
  'Choose one of the platforms that the image is there for.':
    'Wählen Sie eine der Plattformen, für die es das Image gibt.',
  'The registry could not answer.': 'Die Registry konnte nicht antworten.',
  'The registry refused access.': 'Die Registry hat den Zugriff verweigert.',
  'Check the name, and log in on the Registries page with an account that may use it.':
    'Prüfen Sie den Namen, und melden Sie sich auf der Seite „Registries“ mit einem Konto an, das ihn nutzen darf.',
  "The registry's certificate is not trusted by the engine.":
    'Die Engine vertraut dem Zertifikat der Registry nicht.',
  'The settings of this registry, on the Registries page, say what the engine needs.':
    'Die Einstellungen dieser Registry, auf der Seite „Registries“, sagen, was die Engine braucht.',
  'There is no such image.': 'So ein Image gibt es nicht.',
  'Check the name and the tag.': 'Prüfen Sie Name und Tag.',
  'The engine could not reach the registry.': 'Die Engine konnte die Registry nicht erreichen.',
  "Check the registry's address and the network of the engine.":
    'Prüfen Sie die Adresse der Registry und das Netzwerk der Engine.',
  'The connection to the registry broke off.': 'Die Verbindung zur Registry ist abgebrochen.',
  'Try again: layers that arrived are not moved twice.':
    'Versuchen Sie es erneut: Layer, die angekommen sind, werden nicht zweimal übertragen.',
  'The registry did not answer the engine in time.':
    'Die Registry hat der Engine nicht rechtzeitig geantwortet.',
  'Try again; check the network of the engine if this goes on.':
    'Versuchen Sie es erneut; bleibt es dabei, prüfen Sie das Netzwerk der Engine.',
  'The transfer failed.': 'Die Übertragung ist fehlgeschlagen.',
} satisfies Sentences
