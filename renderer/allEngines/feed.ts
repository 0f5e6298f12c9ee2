import { useDocumentVisibility } from '@vueuse/core'
import { computed, shallowRef, type Ref, type ShallowRef } from 'vue'
import type { Container } from '../../preload/contract/containers'
import type { Problem } from '../../preload/contract/errors'
import type { Image } from '../../preload/contract/images'
import type { ContainerStats, StatsTick } from '../../preload/contract/stats'
import { useApi, useLiveCollection } from '../api'
import type { Place } from '../containers/useContainerActions'
import { useLiveStream } from '../live'

/** A container of one of several engines. */
export interface Row {
  /** Of the engine and the container: an engine that is reached in two ways has the same containers twice. */
  id: string
  engineId: string
  container: Container
}

/** What comes in from one engine, by streams of its own: one that hangs leaves the others alone. */
export interface Feed {
  rows: Readonly<Ref<readonly Row[]>>
  /** Its containers have come, now or before the connection was lost. */
  loaded: Readonly<Ref<boolean>>
  running: Readonly<Ref<number>>
  /** How many images it has; null until that has come. */
  images: Readonly<Ref<number | null>>
  /** The newest figures, by container id. */
  latest: Readonly<ShallowRef<ReadonlyMap<string, ContainerStats>>>
  problem: Readonly<ShallowRef<Problem | null>>
  /** For actions on its containers. */
  place: Place
}

/** Follows one engine for as long as the current scope lives. */
export function useFeed(engineId: string): Feed {
  const api = useApi()
  const visibility = useDocumentVisibility()

  const { items, loaded, problem } = useLiveCollection<Container>((signal) =>
    api.containers.watch({ engineId }, { signal }),
  )
  const images = useLiveCollection<Image>((signal) => api.images.watch({ engineId }, { signal }))
  const latest = shallowRef<ReadonlyMap<string, ContainerStats>>(new Map())
  useLiveStream<StatsTick>({
    subscribe: (signal) => api.stats.watch({ engineId }, { signal }),
    // While nobody looks, main may sample less often.
    of: () => (visibility.value === 'hidden' ? null : engineId),
    receive(tick) {
      latest.value = new Map(tick.containers.map((one) => [one.id, one]))
    },
  })

  const rows = computed(() =>
    [...items.value.values()].map((container) => ({
      id: `${engineId}.${container.id}`,
      engineId,
      container,
    })),
  )
  return {
    rows,
    loaded,
    running: computed(
      () => rows.value.filter(({ container }) => container.state === 'running').length,
    ),
    images: computed(() => (images.loaded.value ? images.items.value.size : null)),
    latest,
    problem,
    place: { engineId, stateOf: (id) => items.value.get(id)?.state },
  }
}
