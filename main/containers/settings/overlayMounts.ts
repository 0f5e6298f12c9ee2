import { isDeepStrictEqual } from 'node:util'
import type { ContainerSettings, MountSetting } from '../../../preload/contract/containerSettings'
import { stringsOf } from '../../engines/answers'
import type { InspectedContainer } from '../../engines/dialect/inspection'
import { mountFields } from '../create/mounts'
import { asRecord } from './records'

interface Mounts {
  container: InspectedContainer
  /** A create body that makes the same container again. */
  base: Record<string, unknown>
  before: Pick<ContainerSettings, 'mounts'>
  after: Pick<ContainerSettings, 'mounts'>
}

/**
 * The mounts of a create body with changed ones. Those that were not changed stay as they are told, with
 * options that no setting has; a volume that nobody named stays the same volume.
 */
export function overlayMounts({ container, base, before, after }: Mounts) {
  const byTarget = (mounts: readonly MountSetting[]) =>
    new Map(mounts.map((mount) => [mount.target, mount]))
  const [old, next] = [byTarget(before.mounts), byTarget(after.mounts)]
  const isSame = (target: string) => isDeepStrictEqual(old.get(target), next.get(target))
  /** Unchanged, or none of the form's: the image's own volumes. */
  const stays = (target: string) => isSame(target) && (old.has(target) || !next.has(target))

  const host = asRecord(base.HostConfig)
  const changed = mountFields(
    after.mounts
      .filter(({ target }) => !isSame(target))
      .map((mount) => sameVolume(mount, container)),
  )
  const { Binds, Mounts, Tmpfs } = changed.HostConfig
  const keptMounts = (Array.isArray(host.Mounts) ? (host.Mounts as unknown[]) : []).filter(
    (mount) => stays(String(asRecord(mount).Target)),
  )
  return {
    Volumes: { ...keep(base.Volumes, stays), ...changed.Volumes },
    Binds: [...stringsOf(host.Binds).filter((bind) => stays(bind.split(':')[1] ?? '')), ...Binds],
    Mounts: [...keptMounts, ...Mounts],
    Tmpfs: { ...keep(host.Tmpfs, stays), ...Tmpfs },
  }
}

function keep(all: unknown, stays: (target: string) => boolean): Record<string, unknown> {
  return Object.fromEntries(Object.entries(asRecord(all)).filter(([target]) => stays(target)))
}

/** An unnamed volume at a folder that had one is that one. */
function sameVolume(mount: MountSetting, { Mounts: present }: InspectedContainer): MountSetting {
  if (mount.kind !== 'volume' || mount.source !== '') return mount
  const there = present?.find(
    ({ Destination, Type }) => Destination === mount.target && Type === 'volume',
  )
  return there?.Name ? { ...mount, source: there.Name } : mount
}
