/** A way to get an engine: the system it is for, and the commands to type there. */
export interface InstallWay {
  system: 'debian' | 'fedora' | 'arch' | 'mac' | 'windows'
  commands: string
}

const linux: InstallWay[] = [
  { system: 'debian', commands: 'sudo apt install podman' },
  { system: 'fedora', commands: 'sudo dnf install podman' },
  { system: 'arch', commands: 'sudo pacman -S podman' },
]
const machine = 'podman machine init && podman machine start'

/** @param platform as `application.about` tells it: `linux`, `darwin` or `win32`. */
export function installWays(platform: string): InstallWay[] {
  if (platform === 'darwin')
    return [{ system: 'mac', commands: `brew install podman && ${machine}` }]
  if (platform === 'win32') {
    return [{ system: 'windows', commands: `winget install RedHat.Podman && ${machine}` }]
  }
  return linux
}
