import { computed, shallowRef } from 'vue'
import type { Mark } from '../../preload/contract/stats'
import { useApi } from '../api'
import { useEngines } from '../engines/store'
import { useLiveStream } from '../live'

/** Something that happened, with the container it happened to. */
export interface ContainerMark {
  id: string
  mark: Mark
}

/**
 * What happened to some containers, the oldest first.
 *
 * @param most How many containers there can be at once.
 */
export function useMarks(ids: () => readonly string[], most: number) {
  const api = useApi()
  const engines = useEngines()

  const streams = Array.from({ length: most }, (_, place) => {
    const marks = shallowRef<readonly ContainerMark[]>([])
    useLiveStream<Mark[]>({
      of: () => ids()[place] ?? null,
      subscribe: (signal, id) =>
        api.stats.marks({ engineId: engines.currentId ?? '', id }, { signal }),
      receive(all) {
        const id = ids()[place] ?? ''
        marks.value = all.map((mark) => ({ id, mark }))
      },
      reset() {
        marks.value = []
      },
    })
    return marks
  })

  return computed(() =>
    streams.flatMap((marks) => marks.value).sort((a, b) => a.mark.at - b.mark.at),
  )
}
