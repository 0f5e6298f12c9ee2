import type { Sentences } from '../../preload/contract/say'

export default {
  'The engine has no image "{0}".': 'Die Engine hat kein Image „{0}“.',
  'Pull it first, or choose one that is there.':
    'Pullen Sie es zuerst, oder wählen Sie eines, das da ist.',
  'This image has no shell either.': 'Auch dieses Image hat keine Shell.',
  'Choose one that has /bin/sh, such as busybox, alpine or debian.':
    'Wählen Sie eines mit /bin/sh, etwa busybox, alpine oder debian.',
  'The container sees all processes of the host, so the debug shell would too, and could change each of them.':
    'Der Container sieht alle Prozesse des Hosts; die Debug-Shell sähe sie auch und könnte jeden verändern.',
  'Open it only where you may do that as root of the host.':
    'Öffnen Sie sie nur, wo Sie das als root des Hosts dürfen.',
  'This container has no user "{0}".': 'Dieser Container hat keinen Benutzer „{0}“.',
  'Give one of its /etc/passwd, or a number.':
    'Geben Sie einen aus seiner /etc/passwd an, oder eine Zahl.',
  'This container has no shell.': 'Dieser Container hat keine Shell.',
  'Give a command that it has, or open a debug shell: it brings its own programs.':
    'Geben Sie einen Befehl an, den er hat, oder öffnen Sie eine Debug-Shell: Sie bringt eigene Programme mit.',
  'The connection to the engine was lost.': 'Die Verbindung zur Engine ging verloren.',
  'What ran in it may still run in the container. Open it again when the engine is back.':
    'Was darin lief, läuft im Container vielleicht weiter. Öffnen Sie es neu, wenn die Engine wieder da ist.',
  'The container is paused.': 'Der Container ist pausiert.',
  'Resume it first.': 'Setzen Sie ihn zuerst fort.',
  'Start it first.': 'Starten Sie ihn zuerst.',
  'This terminal was closed.': 'Dieses Terminal wurde geschlossen.',
  'Open another one.': 'Öffnen Sie ein neues.',
  'There are {0} terminals already.': 'Es gibt schon {0} Terminals.',
  'Close some that you do not need.': 'Schließen Sie einige, die Sie nicht brauchen.',
} satisfies Sentences
