import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { OpenTerminal, Terminal, TerminalSize } from '../../preload/contract/terminals'
import { useApi, useLiveCollection } from '../api'
import { useEngines } from '../engines/store'

type Each<Input> = Input extends unknown
  ? Omit<Input, 'engineId' | 'containerId' | 'columns' | 'rows'>
  : never
/** How a terminal is opened, whichever container it is in. */
export type Way = Each<OpenTerminal>

/** The terminals of the engine shown: they live in main, whatever page is open. */
export const useTerminals = defineStore('terminals', () => {
  const api = useApi()
  const engines = useEngines()
  const { items, loaded, problem } = useLiveCollection<Terminal>(
    (signal, engineId) => api.terminals.watch({ engineId }, { signal }),
    () => engines.currentId,
  )

  /** The oldest first, as their tabs stand. */
  const list = computed(() => [...items.value.values()].sort((a, b) => a.startedAt - b.startedAt))
  const ofContainer = (id: string) => list.value.filter(({ containerId }) => containerId === id)

  /** Which of a container's terminals was looked at last, by the container's id. */
  const chosen = shallowRef<ReadonlyMap<string, string>>(new Map())
  function choose(containerId: string, terminalId: string): void {
    chosen.value = new Map([...chosen.value, [containerId, terminalId]])
  }

  /** Of the screen that was measured last: the next terminal begins with it. */
  let size: TerminalSize = { columns: 80, rows: 24 }
  function measured(fitting: TerminalSize): void {
    size = fitting
  }

  /** Opens a terminal, and chooses it. */
  async function open(containerId: string, way: Way): Promise<void> {
    const engineId = engines.currentId
    if (engineId === null) return
    const { terminalId } = await api.terminals.open({ ...way, engineId, containerId, ...size })
    choose(containerId, terminalId)
  }

  /** What of it goes on. */
  const close = async (terminalId: string) => (await api.terminals.close({ terminalId })).goesOn

  return { list, ofContainer, loaded, problem, chosen, choose, measured, open, close }
})
