import { posix } from 'node:path'
import type { Danger, runInput } from '../../preload/contract/containers'
import type { z } from 'zod'

type Volumes = z.output<typeof runInput>['volumes']

/** Sockets that are root on the host for whoever can write to them. */
const engineSockets = [
  '/var/run/docker.sock',
  '/run/docker.sock',
  '/run/containerd/containerd.sock',
  '/run/podman/podman.sock',
  '/var/run/podman/podman.sock',
]

/** What mounts would hand the whole host to the container. `engineSocket`: this engine's own, if any. */
export function dangersOf(volumes: Volumes, engineSocket: string | null): Danger[] {
  const sockets = engineSocket === null ? engineSockets : [...engineSockets, engineSocket]
  const found = new Set<Danger>()
  for (const { source } of volumes) {
    if (!source.startsWith('/')) continue
    const path = posix.normalize(source).replace(/(?<=.)\/$/, '')
    if (path === '/') found.add('host-root')
    else if (sockets.some((socket) => socket === path || socket.startsWith(`${path}/`))) {
      found.add('engine-socket')
    }
  }
  return [...found]
}

/** Why each is dangerous, in a sentence. */
export const dangerWords: Record<Danger, string> = {
  'engine-socket':
    "It mounts a container engine's socket: whatever runs inside can start any container, and so is root on the engine's host.",
  'host-root':
    "It mounts the host's whole file system: whatever runs inside can read and change every file there.",
}
