import { sessionKeyName, socketPath } from '../../preload/contract/session'

const askMillis = 5_000

/** The key that this browser was let in with; empty when it never was. */
export function sessionKey(): string {
  return localStorage.getItem(sessionKeyName) ?? ''
}

/** Where the WebSocket is opened, as http(s). */
export function socketUrl(): URL {
  const url = new URL(socketPath, location.href)
  url.searchParams.set('key', sessionKey())
  return url
}

/**
 * Whether this browser would be let in no more. A WebSocket that was refused tells nobody why, so the
 * same address is asked without one. False when nobody answers: that may change.
 */
export async function isSessionOver(): Promise<boolean> {
  try {
    const { status } = await fetch(socketUrl(), { signal: AbortSignal.timeout(askMillis) })
    return status === 401
  } catch {
    return false
  }
}

/** Calls `changed` when another tab of this browser has been let in; returns the undo. */
export function onLetIn(changed: () => void): () => void {
  const listener = ({ key, newValue }: StorageEvent) => {
    if (key === sessionKeyName && newValue !== null) changed()
  }
  window.addEventListener('storage', listener)
  return () => window.removeEventListener('storage', listener)
}
