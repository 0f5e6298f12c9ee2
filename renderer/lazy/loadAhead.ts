import { until } from '@vueuse/core'
import type { Ref } from 'vue'
import { pause } from '../backoff'
import type { LinkState } from '../link'
import { knownParts, type Part } from './part'

/** By then the first page has been drawn, which comes first. */
const beginAfterMillis = 1_000

/**
 * Loads every part before it is wanted, one after the other, whenever the page has nothing else to do and main
 * can be reached: so that a page opens at once, and also while the browser drops what it loads. What cannot be
 * had is left until it is wanted.
 *
 * @param idle Resolves when the page has nothing to do.
 */
export async function loadAhead(link: Readonly<Ref<LinkState>>, idle = untilIdle): Promise<void> {
  await until(link).toBe('open')
  await pause(beginAfterMillis)
  const tried = new Set<Part<unknown>>()
  const next = () => knownParts.find((part) => part.loaded.value === null && !tried.has(part))
  for (let part = next(); part; part = next()) {
    tried.add(part)
    await until(link).toBe('open')
    await idle()
    await part.load().catch(() => undefined)
  }
}

function untilIdle(): Promise<void> {
  return new Promise((resolve) => {
    requestIdleCallback(() => resolve())
  })
}
