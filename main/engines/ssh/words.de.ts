import type { Sentences } from '../../../preload/contract/say'

export default {
  '{0} does not let {1} in by SSH.': '{0} lässt {1} nicht über SSH hinein.',
  '{0} did not answer by SSH in time.': '{0} hat über SSH nicht rechtzeitig geantwortet.',
  'Check that the host is up and can be reached from here.':
    'Prüfen Sie, ob der Host läuft und von hier erreichbar ist.',
  '{0} cannot be reached by SSH.': '{0} ist über SSH nicht erreichbar.',
  'Check its name and port, and that its SSH server runs.':
    'Prüfen Sie Name und Port und ob der SSH-Server läuft.',
  'No SSH connection with {0} could be agreed on.':
    'Mit {0} ließ sich keine SSH-Verbindung aushandeln.',
  'Its SSH server may be too old, or something else listens there.':
    'Der SSH-Server ist vielleicht zu alt, oder dort lauscht etwas anderes.',
  'The SSH connection to {0} is gone.': 'Die SSH-Verbindung zu {0} ist weg.',
  'Longshore connects again by itself.': 'Longshore verbindet sich von selbst wieder.',
  '{0} does not reach {1}.': '{0} erreicht {1} nicht.',
  'Check that {0} is up, and that {1} may forward (AllowTcpForwarding of its sshd).':
    'Prüfen Sie, ob {0} läuft und ob {1} weiterleiten darf (AllowTcpForwarding seines sshd).',
  '{0} gives no connection to {1}.': '{0} gibt keine Verbindung zu {1}.',
  "Check that the engine runs, that {0} may use its socket (group docker), and that the SSH server forwards to it (AllowStreamLocalForwarding). Another socket's path goes behind the host: ssh://host/run/user/1000/podman/podman.sock":
    'Prüfen Sie, ob die Engine läuft, ob {0} ihren Socket nutzen darf (Gruppe docker) und ob der SSH-Server dorthin weiterleitet (AllowStreamLocalForwarding). Der Pfad eines anderen Sockets steht hinter dem Host: ssh://host/run/user/1000/podman/podman.sock',
  '{0} is no private key that can be read.': '{0} ist kein lesbarer privater Schlüssel.',
  'Give the private key, not the public one, in a file that this user may read.':
    'Geben Sie den privaten Schlüssel an, nicht den öffentlichen, in einer Datei, die dieser Benutzer lesen darf.',
  'The key is encrypted: give it to the agent with: ssh-add "{0}"':
    'Der Schlüssel ist verschlüsselt: Geben Sie ihn dem Agenten mit: ssh-add "{0}"',
  'Check the user, and that the public key stands in ~/.ssh/authorized_keys on that host.':
    'Prüfen Sie den Benutzer und ob der öffentliche Schlüssel auf diesem Host in ~/.ssh/authorized_keys steht.',
  'There is no key: start an agent and give it one with ssh-add, or choose a file.':
    'Es gibt keinen Schlüssel: Starten Sie einen Agenten und geben Sie ihm einen mit ssh-add, oder wählen Sie eine Datei.',
  'The jump hosts go round in a circle.': 'Die Jump-Hosts führen im Kreis.',
  'Mend ProxyJump in ~/.ssh/config.': 'Berichtigen Sie ProxyJump in ~/.ssh/config.',
  'ssh reaches {0} by a ProxyCommand, which is not run here.':
    'ssh erreicht {0} über ein ProxyCommand, das hier nicht ausgeführt wird.',
  'Give a jump host instead.': 'Geben Sie stattdessen einen Jump-Host an.',
  "ssh's own settings for this host cannot be read.":
    'Die Einstellungen von ssh für diesen Host sind nicht lesbar.',
  'Mend ~/.ssh/config: "ssh -G" and the host\'s name shows the same.':
    'Berichtigen Sie ~/.ssh/config: „ssh -G“ mit dem Namen des Hosts zeigt dasselbe.',
  'The connection to the engine was closed.': 'Die Verbindung zur Engine wurde geschlossen.',
} satisfies Sentences
