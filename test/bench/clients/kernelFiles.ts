import { readdirSync, readlinkSync } from 'node:fs'

/** The files of cgroups and of other processes that this process keeps open. */
export function openKernelFiles(): string[] {
  return readdirSync('/proc/self/fd').map(pathOf).filter(isOfContainer)
}

function pathOf(descriptor: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`)
  } catch {
    // The folder's own descriptor: closed meanwhile.
    return ''
  }
}

function isOfContainer(path: string): boolean {
  return path.startsWith('/sys/fs/cgroup/') || /^\/proc\/\d+\//.test(path)
}
