import type { Limit } from '../../preload/contract/isolation'
import { kernelOfHere, readCgroupMounts, type KernelRoots } from '../stats/cgroupPath'
import { findPlaces, readLimitsAt } from './cgroup'
import { ProcFolder } from './procFiles'

/**
 * The limits of a running container's own cgroups, as the kernel has them. Null where they cannot be
 * read: on another machine, or without the right.
 */
export async function limitsInForce(
  { id, pid }: { id: string; pid: number },
  roots: KernelRoots = kernelOfHere,
): Promise<Limit[] | null> {
  try {
    const procCgroup = await new ProcFolder(roots.procRoot, pid).read('cgroup')
    const places = findPlaces(procCgroup, id, readCgroupMounts(roots))
    if (places.length === 0) return null
    const limits = await Promise.all(places.map((place) => readLimitsAt(place, roots)))
    return limits.flat().filter(({ ancestor }) => ancestor === null)
  } catch {
    return null
  }
}
