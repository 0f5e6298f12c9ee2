import { computed } from 'vue'
import type { Engine } from '../../preload/contract/engines'
import { useNow } from '../clock'
import { useEngines } from '../engines/store'
import { age } from '../format'
import { useLink } from '../link'
import { useWords } from '../words'

interface Banner {
  text: string
  /** What to do about it. */
  hint?: string | undefined
  /** How old what is shown has become. */
  age?: string | undefined
  /** The engine that can be tried again; none if it is Longshore itself that is gone. */
  engineId?: string
}

/** What stands between the person and live data; null while all is well. */
export function useBanner() {
  const { t } = useWords()
  const link = useLink()
  const engines = useEngines()
  const now = useNow()

  function ageOf({ lastHeardAt }: Engine) {
    if (lastHeardAt === null) return undefined
    return t('shell.banner.age', { age: age(lastHeardAt, now.value) })
  }

  return computed((): Banner | null => {
    if (link.value === 'lost') {
      // Every run of browser mode has an address of its own.
      const hint = window.longshore ? undefined : t('shell.banner.startedAnew')
      return { text: t('shell.banner.linkLost'), hint }
    }
    const engine = engines.current
    if (!engine) return null
    const { id: engineId, name, state, problem } = engine
    switch (state) {
      case 'connected':
        return null
      case 'connecting':
      case 'discovering':
      case 'reconnecting': {
        // The first moments of every start.
        if (engine.lastHeardAt === null && !problem) return null
        const word = state === 'connecting' && problem ? 'reconnecting' : state
        return {
          text: t(`shell.banner.${word}`, { engine: name }),
          hint: problem?.hint,
          age: ageOf(engine),
          engineId,
        }
      }
      case 'stale':
        return { text: t('shell.banner.stale', { engine: name }), age: ageOf(engine), engineId }
      case 'unauthorized':
      case 'incompatible':
        return {
          text: problem?.message ?? t('shell.banner.unavailable', { engine: name }),
          hint: problem?.hint,
          age: ageOf(engine),
          engineId,
        }
    }
  })
}
