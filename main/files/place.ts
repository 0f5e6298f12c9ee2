import type { ContainerInspectInfo } from 'dockerode'
import type { FilesFacts } from '../../preload/contract/files'
import { say } from '../../preload/contract/say'
import type { EngineLink } from '../engines/handshake'
import { Failure } from '../errors'
import { isWithin, joined, plainPath } from './paths'

/** Where files are looked at: a container of which the archive routes are asked. */
export interface Place extends FilesFacts {
  link: EngineLink
  containerId: string
  /** In the container; what a person sees as `/`. Empty for the container's own root. */
  root: string
  /** Of the volume; null for a container. */
  volume: string | null
  /** Changes whenever the container started or ended. */
  since: string
}

/** A path as the person knows it, as one of the container. */
export function inside({ root }: Pick<Place, 'root'>, path: string): string {
  const plain = plainPath(path)
  return root === '' ? plain : plain === '/' ? root : root + plain
}

/** The way back; null for what lies outside of a volume. */
export function outside({ root }: Pick<Place, 'root'>, path: string): string | null {
  if (root === '') return path
  return isWithin(path, root) ? path.slice(root.length) || '/' : null
}

/** A container as it is now. */
export async function placeOf(
  link: EngineLink,
  containerId: string,
  signal?: AbortSignal,
): Promise<Place> {
  const info = await link.client.call(
    (docker, abortSignal) => docker.getContainer(containerId).inspect({ abortSignal }),
    { signal },
  )
  return { link, containerId, root: '', volume: null, ...factsOf(link, info) }
}

function factsOf(link: EngineLink, info: ContainerInspectInfo): FilesFacts & { since: string } {
  return {
    running: link.dialect.containerState(info.State.Status) === 'running',
    readOnlyRoot: info.HostConfig.ReadonlyRootfs ?? false,
    mounts: info.Mounts.map(({ Type, Name, Source, Destination, RW }) => ({
      path: plainPath(Destination),
      type: Type,
      source: Name || Source,
      readOnly: !RW,
    })),
    since: `${info.State.Status} ${info.State.StartedAt} ${info.State.FinishedAt}`,
  }
}

/** The files of a volume, through a helper that is there. */
export function placeOfVolume(
  link: EngineLink,
  volume: string,
  helper: { containerId: string; path: string },
): Place {
  return {
    link,
    containerId: helper.containerId,
    root: helper.path,
    volume,
    running: false,
    readOnlyRoot: false,
    mounts: [],
    since: helper.containerId,
  }
}

/**
 * Refuses to write where nothing can be written. Podman's archive route would do it all the same
 * (measured on 4.3.1).
 *
 * @param path what is written, as the person knows it
 */
export function refuseReadOnly({ mounts, readOnlyRoot }: FilesFacts, path: string): void {
  const mount = mounts
    .filter((each) => isWithin(path, each.path))
    .sort((a, b) => b.path.length - a.path.length)[0]
  if (mount?.readOnly) {
    throw new Failure('conflict', say`What is mounted at "${mount.path}" can only be read here.`, {
      hint: say`It was mounted read-only. Change it where it comes from, or mount it writable.`,
    })
  }
  if (!mount && readOnlyRoot) {
    throw new Failure('conflict', say`The container's own files can only be read.`, {
      hint: say`It was made with a read-only root. Only what is mounted into it can be changed.`,
    })
  }
}

/** Refuses to take away or rename what something is mounted at, or in. */
export function refuseMountPoint({ mounts }: FilesFacts, path: string): void {
  const mount = mounts.find((each) => isWithin(each.path, path))
  if (path !== '/' && !mount) return
  throw new Failure(
    'conflict',
    mount ? say`"${mount.path}" is mounted from outside.` : say`The root cannot be taken away.`,
    {
      hint: mount
        ? say`It stays with all that is above it; what is in ${joined(mount.path, '…')} can go.`
        : undefined,
    },
  )
}
