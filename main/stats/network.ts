import { readlinkSync } from 'node:fs'
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
  const namespace = namespaceOf(procRoot, String(pid))
  if (namespace !== null && namespace === hostNamespace(procRoot)) return null
  const file = openIfThere(join(procRoot, String(pid), 'net/dev'))
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

/** Of the machine's first process where that may be read (as root), else of this one. */
function hostNamespace(procRoot: string): string | null {
  return namespaceOf(procRoot, '1') ?? namespaceOf(procRoot, 'self')
}

function namespaceOf(procRoot: string, process: string): string | null {
  try {
    return readlinkSync(join(procRoot, process, 'ns/net'))
  } catch {
    return null
  }
}
