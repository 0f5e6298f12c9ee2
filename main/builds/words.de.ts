import type { Sentences } from '../../preload/contract/say'

export default {
  'A build cannot choose the digest of its image.':
    'Ein Build kann den Digest seines Images nicht bestimmen.',
  'There is no Dockerfile at "{0}".': 'Unter „{0}“ gibt es kein Dockerfile.',
  'Name another Dockerfile, or another folder.':
    'Nennen Sie ein anderes Dockerfile oder einen anderen Ordner.',
  '"{0}" must not begin with "-".': '„{0}“ darf nicht mit „-“ beginnen.',
  'There is no folder "{0}" on this machine.': 'Auf diesem Rechner gibt es keinen Ordner „{0}“.',
  'Check the path.': 'Prüfen Sie den Pfad.',
  '"{0}" is not a folder.': '„{0}“ ist kein Ordner.',
  'Give the folder that the Dockerfile copies from.':
    'Geben Sie den Ordner an, aus dem das Dockerfile kopiert.',
  '"{0}" cannot be read.': '„{0}“ kann nicht gelesen werden.',
  'Allow it to be read, or name it in .dockerignore.':
    'Erlauben Sie das Lesen, oder führen Sie es in .dockerignore auf.',
  '"{0}" became shorter while it was sent.':
    '„{0}“ wurde kürzer, während die Datei gesendet wurde.',
  'Build again when nothing writes to it.': 'Bauen Sie erneut, wenn nichts mehr hineinschreibt.',
  'The engine ended the build without saying what it made.':
    'Die Engine hat den Build beendet, ohne zu sagen, was entstanden ist.',
  'The build failed.': 'Der Build ist fehlgeschlagen.',
  'The build failed at: {0}': 'Der Build ist fehlgeschlagen bei: {0}',
  'The last lines of what it printed are below; the log has more.':
    'Die letzten Zeilen der Ausgabe stehen unten; im Log ist mehr.',
  'Line {0} of the ignore file is too long.': 'Zeile {0} der Ignore-Datei ist zu lang.',
  'Split it into several patterns.': 'Teilen Sie sie in mehrere Muster auf.',
  'The value of {0} was not kept: it is secret.':
    'Der Wert von {0} wurde nicht aufbewahrt: Er ist geheim.',
  'Open the build with its settings, type it again, and build.':
    'Öffnen Sie den Build mit seinen Einstellungen, geben Sie ihn neu ein, und bauen Sie.',
} satisfies Sentences
