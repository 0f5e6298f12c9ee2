import type { InspectedContainer, InspectedHost } from '../../engines/dialect/inspection'

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
