import type { Sentences } from './say'

export default {
  'A name.': 'Ein Name.',
  'A label begins with its key: key, or key=value.':
    'Ein Label beginnt mit seinem Schlüssel: Schlüssel oder Schlüssel=Wert.',
  'One of {0}, then what it sets.': 'Eines von {0}, dann was es setzt.',
  'Two or more of: letters, digits, "_", "." and "-".':
    'Mindestens zwei Zeichen: Buchstaben, Ziffern, „_“, „.“ und „-“.',
  'An absolute path.': 'Ein absoluter Pfad.',
  'A path that does not begin with "-".': 'Ein Pfad, der nicht mit „-“ beginnt.',
  'Letters, digits and "_".': 'Buchstaben, Ziffern und „_“.',
  'Letters, digits, "_", "." and "-".': 'Buchstaben, Ziffern, „_“, „.“ und „-“.',
  'Such as linux/amd64 or linux/arm64/v8.': 'Etwa linux/amd64 oder linux/arm64/v8.',
  'An absolute path in the container.': 'Ein absoluter Pfad im Container.',
  'A name without "=".': 'Ein Name ohne „=“.',
  'The name of a network.': 'Der Name eines Netzwerks.',
  'A path from / on.': 'Ein Pfad von / an.',
  'A path without "..".': 'Ein Pfad ohne „..“.',
  'A name without "/".': 'Ein Name ohne „/“.',
  'A name of its own.': 'Ein eigener Name.',
  'A path of names.': 'Ein Pfad aus Namen.',
  'A platform is os/architecture or os/architecture/variant: linux/arm64.':
    'Eine Plattform ist os/architektur oder os/architektur/variante: linux/arm64.',
  'The name of a network driver.': 'Der Name eines Netzwerktreibers.',
  'Letters, digits, "-", "_" and ".".': 'Buchstaben, Ziffern, „-“, „_“ und „.“.',
  'Give the name of an image: nginx, or registry.example.com/team/app:1.0.':
    'Geben Sie den Namen eines Images an: nginx oder registry.example.com/team/app:1.0.',
  'The name of an image has lower-case letters only; a tag may have upper-case ones.':
    'Der Name eines Images hat nur Kleinbuchstaben; ein Tag darf auch Großbuchstaben haben.',
  'A tag has up to 128 letters, digits, "_", "." and "-", and does not begin with "." or "-".':
    'Ein Tag hat bis zu 128 Buchstaben, Ziffern, „_“, „.“ und „-“ und beginnt nicht mit „.“ oder „-“.',
  'A digest is sha256: and 64 digits from 0 to 9 and a to f.':
    'Ein Digest ist sha256: und 64 Zeichen von 0 bis 9 und a bis f.',
  'The name of an image has letters, digits and single ".", "_" or "-" between them, in parts separated by "/".':
    'Der Name eines Images hat Buchstaben, Ziffern und dazwischen einzelne „.“, „_“ oder „-“, in Teilen, die „/“ trennt.',
  'The name of an image has at most 255 characters.':
    'Der Name eines Images hat höchstens 255 Zeichen.',
  'This is the id of an image. Give a name, such as team/app:1.0.':
    'Das ist die ID eines Images. Geben Sie einen Namen an, etwa team/app:1.0.',
  'A host, with a port if it is not 443: ghcr.io, localhost:5000.':
    'Ein Host, mit Port, wenn es nicht 443 ist: ghcr.io, localhost:5000.',
  'A password needs a user name.': 'Zu einem Passwort gehört ein Benutzername.',
  'A name or a number, with ":group" or without.':
    'Ein Name oder eine Zahl, mit „:gruppe“ oder ohne.',
  'A program; its name may not begin with "-".':
    'Ein Programm; sein Name darf nicht mit „-“ beginnen.',
  'A name of letters, digits, "_", "." and "-".':
    'Ein Name aus Buchstaben, Ziffern, „_“, „.“ und „-“.',
  'The name of a volume driver.': 'Der Name eines Volume-Treibers.',
} satisfies Sentences
