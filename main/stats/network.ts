import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { KernelRoots } from './cgroupPath'
import type { Meter } from './cgroupVersion'
import { networkBytesOf, openIfThere } from './kernelFile'
import { field } from './reading'

const bytes = { receivedBytes: 0, sentBytes: 0 }

/**
 * The network counters of a process's network namespace, which no cgroup has. Null where that is the
 * host's own, whose counters say nothing about one container, and in a kernel without network.
 *
 * The open file keeps the namespace alive, so it has to be closed as soon as the container is gone.
 */
export function openNetwork(pid: number, { procRoot }: KernelRoots): Meter | null {
  const inode = countersInode(procRoot, String(pid))
  if (inode === null || inode === hostInode(procRoot)) return null
  const file = openIfThere(countersOf(procRoot, String(pid)))
  if (!file) return null
  return {
    read(into) {
      networkBytesOf(file.read(), bytes)
      into[field.receivedBytes] = bytes.receivedBytes
      into[field.sentBytes] = bytes.sentBytes
    },
    close: () => file.close(),
  }
}

/** Of the machine's first process; of this one where the others are hidden (`hidepid` of proc(5)). */
function hostInode(procRoot: string): number | null {
  return countersInode(procRoot, '1') ?? countersInode(procRoot, 'self')
}

/**
 * Stands for the network namespace: its files are the same ones, whichever process they are looked at
 * through (fs/proc/proc_net.c). The link `ns/net` is told only to who may trace the process, which a
 * user of Docker may not.
 */
function countersInode(procRoot: string, process: string): number | null {
  try {
    return statSync(countersOf(procRoot, process)).ino
  } catch {
    return null
  }
}

function countersOf(procRoot: string, process: string): string {
  return join(procRoot, process, 'net/dev')
}
