import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'

/** What the tests on real engines and in a real browser need, by Debian's names. */
const PACKAGES = [
  ...['docker.io', 'podman', 'runc', 'netavark', 'aardvark-dns', 'containernetworking-plugins'],
  ...['iptables', 'iproute2', 'docker-registry', 'apache2-utils', 'skopeo', 'busybox-static'],
  ...['openssl', 'openssh-server', 'openssh-client', 'chromium', 'fonts-dejavu-core'],
]

/** For systems without dpkg: what has to be on the path, and what it comes with. */
const PROGRAMS = {
  dockerd: 'Docker Engine',
  docker: "Docker's command line",
  podman: 'Podman 4 or later, with netavark and aardvark-dns',
  runc: 'runc',
  iptables: 'iptables',
  ip: 'iproute2',
  'docker-registry': 'the Docker registry (distribution), as `docker-registry`',
  htpasswd: "Apache's utilities",
  busybox: 'a static busybox in /bin',
  sshd: "OpenSSH's server",
  'ssh-keygen': "OpenSSH's client",
  chromium: 'Chromium',
}

const POLICY = '/usr/sbin/policy-rc.d'

/**
 * Makes sure that the machine has what the tests on real engines need. As root on Debian it installs
 * what is missing; elsewhere it says what is missing and how to get it.
 *
 * @returns {boolean} Whether the tests can run.
 */
export function ensureTestSystem() {
  if (process.platform !== 'linux') {
    return refuse('The tests on real engines run on Linux only: try `npm test -- unit`.')
  }
  const root = process.getuid() === 0
  const debian = existsSync('/usr/bin/apt-get')
  const missing = debian ? missingPackages() : missingPrograms()
  if (missing.length > 0) {
    if (root && debian) return install(missing)
    const list = missing.join(debian ? ' ' : ', ')
    return refuse(
      debian
        ? `Missing: ${list}.\nInstall with: sudo apt-get install --no-install-recommends ${list}`
        : `Missing: ${list}.`,
    )
  }
  return root || refuse('The tests on real engines start their own dockerd: run them as root.')
}

function missingPackages() {
  const format = '${Package} ${db:Status-Status}\n'
  const { stdout } = spawnSync('dpkg-query', ['--show', `--showformat=${format}`, ...PACKAGES], {
    encoding: 'utf8',
  })
  const installed = new Set(stdout.split('\n'))
  return PACKAGES.filter((name) => !installed.has(`${name} installed`))
}

function missingPrograms() {
  return Object.entries(PROGRAMS)
    .filter(([program]) => spawnSync('which', [program]).status !== 0)
    .map(([program, origin]) => `${program} (${origin})`)
}

/** The packages would start system services, of which the tests need none: policy-rc.d forbids it. */
function install(packages) {
  console.log(`Installing ${packages.join(' ')} …`)
  const hadPolicy = existsSync(POLICY)
  if (!hadPolicy) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    return (
      aptGet(['update']) && aptGet(['install', '--yes', '--no-install-recommends', ...packages])
    )
  } finally {
    if (!hadPolicy) rmSync(POLICY)
  }
}

function aptGet(args) {
  const { status, stdout, stderr } = spawnSync('apt-get', ['--quiet', ...args], {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    maxBuffer: 64 * 1024 * 1024,
  })
  if (status !== 0) console.error(`${stdout}${stderr}`)
  return status === 0
}

function refuse(message) {
  console.error(message)
  return false
}
