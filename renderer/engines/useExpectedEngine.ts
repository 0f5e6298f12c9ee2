import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { useHostKeyCheck } from './hostKey/useHostKeyCheck'
import { useEngines } from './store'

/**
 * The engine that was just added or changed. If its host shows a key that nobody trusts yet, the person is asked
 * at once, and once: they wait for this engine.
 */
export const useExpectedEngine = defineStore('engines-expected', () => {
  const engines = useEngines()
  const check = useHostKeyCheck()
  const expectedId = ref<string | null>(null)

  watch(
    () => engines.engines.find(({ id }) => id === expectedId.value),
    (engine) => {
      if (!engine) return
      if (engine.problem || engine.state === 'connected') expectedId.value = null
      void check(engine)
    },
  )

  function expect(id: string): void {
    expectedId.value = id
  }

  return { expect }
})
