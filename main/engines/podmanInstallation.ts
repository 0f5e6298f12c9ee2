import { findCommand } from './findCommand'

export interface Installation {
  /** Run one after the other, each as an argument list. */
  commands: string[][]
  environment: Record<string, string>
}

const aptPackages = ['podman', 'runc', 'netavark', 'aardvark-dns', 'iptables', 'uidmap']

/** How this distribution installs Podman; null where it is not known (macOS, Windows, others). */
export async function podmanInstallation(): Promise<Installation | null> {
  if (process.platform !== 'linux') return null
  const privilege = process.getuid?.() === 0 ? [] : ['sudo']
  if (privilege.length > 0 && (await findCommand('sudo')) === null) return null
  const privileged = (commands: string[][], environment: Record<string, string> = {}) => ({
    commands: commands.map((command) => [...privilege, ...command]),
    environment,
  })
  if (await findCommand('apt-get')) {
    return privileged(
      [
        ['apt-get', 'update', '-qq'],
        // runc beside Podman's crun, which refuses hosts that mix cgroup v1 and v2.
        ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...aptPackages],
      ],
      { DEBIAN_FRONTEND: 'noninteractive' },
    )
  }
  if (await findCommand('dnf')) return privileged([['dnf', 'install', '-y', 'podman']])
  if (await findCommand('zypper'))
    return privileged([['zypper', '--non-interactive', 'install', 'podman']])
  if (await findCommand('pacman')) return privileged([['pacman', '-S', '--noconfirm', 'podman']])
  if (await findCommand('apk')) return privileged([['apk', 'add', 'podman']])
  return null
}
