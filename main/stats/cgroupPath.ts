import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the kernel's files are: `/proc` and `/sys`, or a recorded tree. */
export interface KernelRoots {
  procRoot: string
  sysRoot: string
}

/** The files of this machine's own kernel. */
export const kernelOfHere: KernelRoots = { procRoot: '/proc', sysRoot: '/sys' }

/**
 * Stands for the pressure files. They belong to no controller: every cgroup of a v2 hierarchy has them,
 * also where the controllers themselves are on v1 beside it (hybrid).
 */
const PRESSURE = 'pressure'

/** The controllers whose files are read. On v2 `cpuacct` is every cgroup's cpu.stat, `blkio` its io.stat. */
export type Controller = 'cpu' | 'cpuacct' | 'memory' | 'blkio' | 'pids' | typeof PRESSURE
const controllers: readonly Controller[] = ['cpu', 'cpuacct', 'memory', 'blkio', 'pids', PRESSURE]

export interface CgroupFolder {
  version: 1 | 2
  path: string
}

/** A cgroup hierarchy as this process sees it mounted. */
export interface CgroupMount {
  version: 1 | 2
  /** Names of v1 controllers; empty on v2. */
  controllers: string[]
  /** The cgroup that the mount point shows: `/`, or a deeper one inside a container. */
  root: string
  mountPoint: string
}

/** The cgroup mounts of this process (proc_pid_mountinfo(5)). Throws where it cannot be read. */
export function readCgroupMounts({ procRoot, sysRoot }: KernelRoots): CgroupMount[] {
  const mounts: CgroupMount[] = []
  for (const line of readFileSync(join(procRoot, 'self/mountinfo'), 'utf8').split('\n')) {
    const [left = '', right = ''] = line.split(' - ', 2)
    const [type, , options = ''] = right.split(' ')
    if (type !== 'cgroup' && type !== 'cgroup2') continue
    const [, , , root = '/', point = '/'] = left.split(' ')
    mounts.push({
      version: type === 'cgroup' ? 1 : 2,
      controllers: type === 'cgroup' ? options.split(',') : [],
      root: unescape(root),
      mountPoint: unescape(point).replace(/^\/sys(?=\/)/, sysRoot),
    })
  }
  return mounts
}

/**
 * The folders of a container's cgroups, by controller, found through its first process: right for
 * every driver, version and nesting. A controller that this process has no mount for is left out.
 *
 * Only a cgroup that carries the container's full id in its path counts, as it does with the cgroupfs
 * and systemd drivers of Docker and Podman: a process id can belong to another kernel (Docker Desktop)
 * or have been given to another process meanwhile. The path ends at that part, because the process may
 * sit deeper (systemd inside a container moves to `init.scope`, rootless Podman to `container`) while
 * usage and limits of the whole container are above. Podman cuts in the same place (`cGroupPath` in
 * libpod/container.go).
 *
 * Throws the system's error where `/proc/<pid>/cgroup` cannot be read.
 */
export function locateCgroup(
  { id, pid }: { id: string; pid: number },
  mounts: readonly CgroupMount[],
  { procRoot }: KernelRoots,
): Map<Controller, CgroupFolder> {
  const paths = parseProcCgroup(readFileSync(join(procRoot, String(pid), 'cgroup'), 'utf8'))
  const folders = new Map<Controller, CgroupFolder>()
  for (const controller of controllers) {
    const versionOne = paths.get(controller)
    const whole = versionOne ?? paths.get('')
    const path = whole === undefined ? null : cutAfter(whole, id)
    if (path === null) continue
    const folder = folderOf(path, (mount) =>
      versionOne === undefined ? mount.version === 2 : mount.controllers.includes(controller),
    )
    if (folder) folders.set(controller, folder)
  }
  return folders

  function folderOf(path: string, fits: (mount: CgroupMount) => boolean): CgroupFolder | null {
    for (const mount of mounts) {
      const below = fits(mount) ? pathBelow(mount.root, path) : null
      if (below !== null) return { version: mount.version, path: join(mount.mountPoint, below) }
    }
    return null
  }
}

/** Lines of `hierarchy:controller,controller:path` (cgroups(7)); v2 is `0::path`, given under ''. */
export function parseProcCgroup(text: string): Map<string, string> {
  const paths = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, names, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? []
    if (names === undefined || path === undefined) continue
    for (const name of names.split(',')) paths.set(name, path)
  }
  return paths
}

export function cutAfter(path: string, id: string): string | null {
  const at = path.lastIndexOf(id)
  if (at === -1) return null
  const end = path.indexOf('/', at)
  return end === -1 ? path : path.slice(0, end)
}

/**
 * What is left of `path` under `root`; null where it is elsewhere. Both are as seen from this
 * process's cgroup namespace, and both may begin with `/..` for what lies above it.
 */
export function pathBelow(root: string, path: string): string | null {
  const prefix = root === '/' ? '/' : `${root}/`
  if (path === root) return ''
  if (!path.startsWith(prefix)) return null
  const below = path.slice(prefix.length)
  return below.startsWith('..') ? null : below
}

/** mountinfo writes space, tab, newline and backslash as octal escapes. */
function unescape(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  )
}
