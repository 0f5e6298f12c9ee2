import { stringsOf } from '../../engines/answers'
import type { InspectedContainer, InspectedHost } from '../../engines/dialect/inspection'
import { asRecord } from '../settings/records'

/**
 * The container's binds and mounts with every volume by its name, those that nobody named too: a new
 * container would otherwise get a new, empty one in their place.
 */
export function keptVolumes({
  HostConfig: { Binds, Mounts },
  Mounts: present,
}: InspectedContainer): Required<Pick<InspectedHost, 'Binds' | 'Mounts'>> {
  const binds = Binds ?? []
  const volumes = (present ?? []).filter(({ Type, Name }) => Type === 'volume' && Name)
  const mounts = (Mounts ?? []).map((mount) => {
    if (mount.Type !== 'volume' || mount.Source) return mount
    const volume = volumes.find(({ Destination }) => Destination === mount.Target)
    return volume ? { ...mount, Source: volume.Name } : mount
  })
  const asked = new Set([...binds.map(destinationOf), ...mounts.map(({ Target }) => Target)])
  const unnamed = volumes.filter(({ Destination }) => !asked.has(Destination))
  return {
    Binds: [
      ...binds,
      ...unnamed.map(({ Name, Destination, RW }) => `${Name}:${Destination}${RW ? '' : ':ro'}`),
    ],
    Mounts: mounts,
  }
}

/** `/in/it` of `volume:/in/it:ro`. */
function destinationOf(bind: string): string | undefined {
  return bind.split(':')[1]
}

/** The volumes, by name, and the paths of the host that the `HostConfig` of a create body asks for. */
export function mountedSources(hostConfig: unknown): string[] {
  const { Binds, Mounts } = asRecord(hostConfig)
  const mounts: unknown[] = Array.isArray(Mounts) ? Mounts : []
  return [
    ...stringsOf(Binds).map((bind) => bind.split(':')[0] ?? ''),
    ...mounts.flatMap((mount) => stringsOf(asRecord(mount).Source)),
  ]
}

/** Names of the volumes that a container has. */
export function mountedVolumes(container: InspectedContainer | undefined): string[] {
  return (container?.Mounts ?? []).flatMap(({ Name }) => Name ?? [])
}
