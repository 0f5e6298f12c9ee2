import { refDebounced } from '@vueuse/core'
import { computed } from 'vue'
import type { PortUse } from '../../../preload/contract/containers'
import { useApi } from '../../api'
import { useEngines } from '../../engines/store'
import { useLoaded } from '../../loaded'
import { useContainers } from '../store'
import { useCreateDraft } from './draft'
import type { PortRow } from './form'
import { readPortRow } from './readForm'

/** How long nothing may be typed before it is asked, milliseconds. */
const SETTLE_MILLIS = 250

/** Who has the host ports of the rows, by the row's index; asked again whenever a container changes. */
export function usePortUse(rows: () => readonly PortRow[]) {
  const api = useApi()
  const engines = useEngines()
  const containers = useContainers()
  const draft = useCreateDraft()

  const asked = computed(() =>
    rows().flatMap((row, index) => {
      const port = readPortRow(row)
      return port === null ? [] : [{ index, port }]
    }),
  )
  const settled = refDebounced(asked, SETTLE_MILLIS)
  const states = computed(() =>
    [...containers.items.values()]
      .filter(({ ports }) => ports.length > 0)
      .map(({ id, state }) => id + state),
  )

  const { value } = useLoaded(
    () => {
      const engineId = engines.currentId
      if (engineId === null || settled.value.length === 0) return null
      return { engineId, rows: settled.value, states: states.value }
    },
    async ({ engineId, rows: wanted }, signal) => {
      const ports = wanted.map(({ port }) => port)
      const except = draft.replaces
      const asking = { engineId, ports, ...(except !== undefined && { except }) }
      const uses = await api.containers.portUse(asking, { signal })
      return wanted.map((row, index) => ({ ...row, use: uses[index] }))
    },
  )

  /** Undefined until it is known, and while the row says something else. */
  function useOf(index: number): PortUse | undefined {
    const row = asked.value.find((one) => one.index === index)
    const known = value.value?.find((one) => one.index === index)
    return JSON.stringify(row?.port) === JSON.stringify(known?.port) ? known?.use : undefined
  }

  return { useOf }
}
