import { computed } from 'vue'
import { useContainers } from '../../containers/store'

/** Names of the running containers that can write to a volume while it is copied. */
export function useWriters(id: () => string) {
  const containers = useContainers()
  return computed(() =>
    [...containers.items.values()]
      .filter(
        ({ state, mounts }) =>
          state === 'running' &&
          mounts.some((mount) => mount.type === 'volume' && mount.name === id() && mount.readWrite),
      )
      .map(({ name }) => name)
      .sort(),
  )
}
