import { join } from 'node:path'
import { readFile } from 'node:fs/promises'
import type { Cgroup, CgroupPlace, Limit } from '../../preload/contract/isolation'
import {
  cutAfter,
  parseProcCgroup,
  pathBelow,
  type CgroupMount,
  type KernelRoots,
} from '../stats/cgroupPath'
import { readLimits } from './limits/limitFile'
import { limitFilesV1 } from './limits/v1'
import { limitFilesV2 } from './limits/v2'

/** A place with the folder where its hierarchy is mounted: nothing above that is seen from here. */
export interface MountedPlace extends CgroupPlace {
  mountPoint: string
}

/**
 * Where a container's cgroups are, in every hierarchy that is mounted here. As in the statistics
 * (`locateCgroup`), only one that carries the container's id counts: others are not its own.
 *
 * @param procCgroup The text of /proc/<pid>/cgroup.
 */
export function findPlaces(
  procCgroup: string,
  id: string,
  mounts: readonly CgroupMount[],
): MountedPlace[] {
  const paths = parseProcCgroup(procCgroup)
  return mounts.flatMap(({ version, controllers, root, mountPoint }): MountedPlace[] => {
    const whole =
      version === 2 ? paths.get('') : controllers.map((name) => paths.get(name)).find(Boolean)
    const path = whole === undefined ? null : cutAfter(whole, id)
    const below = path === null ? null : pathBelow(root, path)
    if (path === null || below === null) return []
    const named = controllers.filter((name) => paths.has(name))
    return [{ version, controllers: named, path, folder: join(mountPoint, below), mountPoint }]
  })
}

/** systemd makes scopes: `docker-<id>.scope`, `libpod-<id>.scope` (runc and crun, systemd driver). */
export function driverOf(path: string): Cgroup['driver'] {
  return path.endsWith('.scope') ? 'systemd' : 'cgroupfs'
}

/** `hybrid` where both kinds are mounted, even if one is only for bookkeeping. */
export function versionOf(mounts: readonly CgroupMount[]): Cgroup['version'] {
  const has = (version: 1 | 2) => mounts.some((mount) => mount.version === version)
  if (!has(1)) return 'v2'
  return has(2) ? 'hybrid' : 'v1'
}

/**
 * The limits of a container in one hierarchy, with the names of the devices in them. Throws the
 * system's error where its folder cannot be read.
 */
export async function readLimitsAt(
  { version, controllers, folder, mountPoint }: MountedPlace,
  roots: KernelRoots,
): Promise<Limit[]> {
  const files =
    version === 2
      ? limitFilesV2
      : limitFilesV1.filter(({ controller }) => controllers.includes(controller))
  const limits = await readLimits(files, { folder, root: mountPoint })
  return Promise.all(
    limits.map(async (limit) =>
      limit.kind === 'io-rate'
        ? { ...limit, deviceName: await deviceName(limit.device, roots) }
        : limit,
    ),
  )
}

/** As in /dev, from `DEVNAME=sda` (Documentation/ABI/stable/sysfs-dev). */
async function deviceName(device: string, { sysRoot }: KernelRoots): Promise<string | null> {
  try {
    const uevent = await readFile(join(sysRoot, 'dev/block', device, 'uevent'), 'utf8')
    return /^DEVNAME=(.+)$/m.exec(uevent)?.[1] ?? null
  } catch {
    return null
  }
}
