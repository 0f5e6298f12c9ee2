import { posix } from 'node:path'
import {
  dangers,
  type ContainerSettings,
  type Danger,
} from '../../../preload/contract/containerSettings'
import { say } from '../../../preload/contract/say'
import { Failure } from '../../errors'

/** Sockets that are root on the host for whoever can write to them. */
const engineSockets = [
  '/var/run/docker.sock',
  '/run/docker.sock',
  '/run/containerd/containerd.sock',
  '/run/crio/crio.sock',
  '/run/podman/podman.sock',
  '/var/run/podman/podman.sock',
]

/** The names that engines give their sockets wherever they are: of users, of virtual machines. */
const socketName = /\/(?:docker(?:\.raw)?|docker-cli|podman|containerd|crio|buildkitd)\.sock$/

/** Folders of a user's own engines. */
const userFolder = /^\/(?:var\/)?run\/user(?:\/\d+(?:\/podman)?)?$/

/**
 * What settings would hand to the container of the host.
 *
 * @param engineSocket This engine's own socket, if it has one.
 */
export function dangersOf(
  settings: Pick<ContainerSettings, 'mounts' | 'networks' | 'pidNamespace' | 'privileged'>,
  engineSocket: string | null,
): Danger[] {
  const folders = settings.mounts
    .filter(({ kind, source }) => kind === 'bind' && source.startsWith('/'))
    .map(({ source }) => posix.normalize(source).replace(/(?<=.)\/$/, ''))
  const sockets = engineSocket === null ? engineSockets : [...engineSockets, engineSocket]
  const found: Record<Danger, boolean> = {
    privileged: settings.privileged,
    'engine-socket': folders.some((folder) => folder !== '/' && reachesSocket(folder, sockets)),
    'host-root': folders.includes('/'),
    'host-network': settings.networks.some(({ name }) => name === 'host'),
    'host-pid': settings.pidNamespace === 'host',
  }
  return dangers.filter((danger) => found[danger])
}

function reachesSocket(folder: string, sockets: readonly string[]): boolean {
  return (
    socketName.test(folder) ||
    userFolder.test(folder) ||
    sockets.some((socket) => socket === folder || socket.startsWith(`${folder}/`))
  )
}

/** Why each is dangerous, in a sentence. */
export const dangerWords: Record<Danger, () => string> = {
  privileged: () =>
    say`It is privileged: whatever runs inside has every right of root and every device of the host.`,
  'engine-socket': () =>
    say`It mounts a container engine's socket: whatever runs inside can start any container, and so is root on the engine's host.`,
  'host-root': () =>
    say`It mounts the host's whole file system: whatever runs inside can read and change every file there.`,
  'host-network': () =>
    say`It shares the host's network: whatever runs inside reaches every service that listens on the host only, and can listen on any port.`,
  'host-pid': () =>
    say`It sees the host's processes: whatever runs inside can look into them and, as root, end them.`,
}

/** Throws `confirmation-needed` for dangers that were not accepted. */
export function refuseDangers(found: readonly Danger[], accepted: readonly Danger[]): void {
  const refused = found.filter((danger) => !accepted.includes(danger))
  if (refused.length === 0) return
  throw new Failure(
    'confirmation-needed',
    refused.map((danger) => dangerWords[danger]()).join(' '),
    {
      hint: say`Run it only if you trust the image and mean to give it this power.`,
      dangers: refused,
    },
  )
}
