import { sessionKeyName, usePath } from '../../preload/contract/session'
import { sessionKey } from './session'

/** How seldom main is told; its sessions last for hours. */
const pauseMillis = 60_000
const tellMillis = 10_000

/**
 * Tells main that a person is there, when the page has been opened and whenever a key, a pointer or a
 * wheel moves, once a minute at most: a session that nobody uses ends. What streams by itself is no
 * use. Returns the undo.
 */
export function tellUse(): () => void {
  let told = -Infinity

  function tell() {
    if (performance.now() - told < pauseMillis) return
    told = performance.now()
    const headers = { [sessionKeyName]: sessionKey() }
    fetch(usePath, { method: 'POST', headers, signal: AbortSignal.timeout(tellMillis) }).catch(
      // The next movement tells it; that main is gone is the link's to show.
      () => (told = -Infinity),
    )
  }

  const events = ['keydown', 'pointerdown', 'wheel'] as const
  for (const event of events) window.addEventListener(event, tell, { passive: true, capture: true })
  tell()
  return () => {
    for (const event of events) window.removeEventListener(event, tell, { capture: true })
  }
}
