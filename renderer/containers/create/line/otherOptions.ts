/** Other spellings of options. */
export const otherNames: Record<string, string> = {
  net: 'network',
  'net-alias': 'network-alias',
  'dns-opt': 'dns-option',
}

export const shortNames: Record<string, string> = {
  a: 'attach',
  c: 'cpu-shares',
  d: 'detach',
  e: 'env',
  h: 'hostname',
  i: 'interactive',
  l: 'label',
  m: 'memory',
  P: 'publish-all',
  p: 'publish',
  q: 'quiet',
  t: 'tty',
  u: 'user',
  v: 'volume',
  w: 'workdir',
}

/** Files that only the machine of the line has. */
export const fileOptions = new Set(['env-file', 'label-file'])

/** Options with a value that concern only the command that was typed. */
export const ownOptions = new Set([
  ...['attach', 'detach-keys', 'cidfile', 'pull', 'authfile', 'conmon-pidfile', 'pidfile'],
  ...['preserve-fds', 'pod-id-file', 'creds', 'cert-dir', 'decryption-key', 'retry', 'retry-delay'],
])

/** Switches that concern only the command that was typed. */
export const ownSwitches = new Set([
  ...['quiet', 'sig-proxy', 'disable-content-trust', 'help', 'tls-verify', 'replace', 'rmi'],
])

/** Options with a value that the form has no field for. */
export const otherOptions = new Set([
  ...['annotation', 'arch', 'blkio-weight', 'blkio-weight-device', 'cgroup-conf', 'cgroup-parent'],
  ...['cgroupns', 'cgroups', 'chrootdirs', 'cpu-count', 'cpu-percent', 'cpu-rt-period'],
  ...['cpu-rt-runtime', 'cpuset-mems', 'device-cgroup-rule', 'device-read-bps'],
  ...['device-read-iops', 'device-write-bps', 'device-write-iops', 'domainname', 'env-merge'],
  ...['expose', 'gidmap', 'health-log-destination', 'health-max-log-count', 'health-max-log-size'],
  ...['health-on-failure', 'health-start-interval', 'health-startup-cmd'],
  ...['health-startup-interval', 'health-startup-retries', 'health-startup-success'],
  ...['health-startup-timeout', 'hostuser', 'hosts-file', 'image-volume', 'init-path'],
  ...['init-ctr', 'intel-rdt-clos-id', 'io-maxbandwidth', 'io-maxiops', 'isolation'],
  ...['kernel-memory', 'link', 'link-local-ip', 'log-driver', 'log-opt', 'mac-address'],
  ...['memory-swappiness', 'oom-score-adj', 'os', 'passwd-entry', 'group-entry', 'personality'],
  ...['platform', 'pod', 'requires', 'runtime', 'sdnotify', 'seccomp-policy', 'secret'],
  ...['shm-size-systemd', 'storage-opt', 'subgidname', 'subuidname', 'systemd', 'timeout', 'tz'],
  ...['uidmap', 'umask', 'unsetenv', 'userns', 'uts', 'variant', 'volume-driver', 'volumes-from'],
])

/** Switches that the form has no field for. */
export const otherSwitches = new Set([
  ...['env-host', 'http-proxy', 'no-hosts', 'no-hostname', 'oom-kill-disable', 'passwd'],
  ...['publish-all', 'read-only-tmpfs', 'rootfs', 'unsetenv-all', 'use-api-socket'],
])

/** Options that Podman's command splits at commas (its `StringSlice`), and Docker's does not. */
export const podmanSplits = new Set([
  ...['add-host', 'cap-add', 'cap-drop', 'device', 'dns', 'dns-option', 'dns-search'],
  ...['group-add', 'network-alias', 'publish', 'sysctl', 'ulimit'],
])

/** Options of the program itself, before `run`, that have a value. */
export const programOptions = new Set([
  ...['-H', '--host', '-c', '--context', '--config', '-l', '--log-level', '--tlscacert'],
  ...['--tlscert', '--tlskey', '--url', '--connection', '--identity', '--root', '--runroot'],
  ...['--storage-driver', '--storage-opt', '--cgroup-manager', '--events-backend', '--tmpdir'],
])
