import { promiseTimeout } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, onScopeDispose, shallowRef } from 'vue'
import type { Attempt, Engine, EnginesMessage } from '../../preload/contract/engines'
import { useApi } from '../api'
import { useSettings } from '../settings/store'
import { pickEngine } from './pick'

const firstRetryMillis = 250
const lastRetryMillis = 5_000

/** The engines that main knows, and the one that the pages show. */
export const useEngines = defineStore('engines', () => {
  const api = useApi()
  const settings = useSettings()
  const engines = shallowRef<readonly Engine[]>([])
  const attempts = shallowRef<readonly Attempt[]>([])
  const searching = shallowRef(true)
  const loaded = shallowRef(false)
  const shownId = shallowRef<string | null>(null)

  const current = computed(() => pickEngine(engines.value, settings.values.engineId, shownId.value))
  const currentId = computed(() => current.value?.id ?? null)

  function take(message: EnginesMessage): void {
    engines.value = message.engines
    attempts.value = message.attempts
    searching.value = message.searching
    loaded.value = true
    shownId.value = currentId.value
  }

  const leaving = new AbortController()
  onScopeDispose(() => leaving.abort())

  /** Main itself can go away (browser mode: the server was restarted), so the watch is taken up again. */
  async function watch(): Promise<void> {
    let retryMillis = firstRetryMillis
    while (!leaving.signal.aborted) {
      try {
        for await (const message of await api.engines.watch(undefined, {
          signal: leaving.signal,
        })) {
          take(message)
          retryMillis = firstRetryMillis
        }
      } catch {
        // The shell shows that the connection to main is gone; here only the retry matters.
      }
      await promiseTimeout(retryMillis)
      retryMillis = Math.min(retryMillis * 2, lastRetryMillis)
    }
  }
  void watch()

  /** Shows another engine, and remembers it for the next run. */
  function select(id: string): void {
    shownId.value = id
    settings.change({ engineId: id })
  }

  return { engines, attempts, searching, loaded, current, currentId, select }
})
