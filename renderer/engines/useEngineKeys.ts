import { useEventListener } from '@vueuse/core'
import { useRouter } from 'vue-router'
import { pressedPlace } from './keys'
import { useEngines } from './store'
import { useShowEngine } from './useShowEngine'

/** Ctrl or Cmd with Alt and a digit shows the engine at that place; with 0 the view of all. */
export function useEngineKeys() {
  const router = useRouter()
  const engines = useEngines()
  const show = useShowEngine()

  useEventListener(window, 'keydown', (event) => {
    const place = pressedPlace(event)
    if (place === null) return
    const engine = engines.engines[place - 1]
    if (place > 0 && !engine) return
    event.preventDefault()
    if (engine) void show(engine.id)
    else void router.push('/all')
  })
}
