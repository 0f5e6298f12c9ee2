import { createRegistryApi } from './protocol/api'
import type { RegistryAccess } from './protocol/access'
import type { RegistryApi } from './protocol/types'

/** How long a way to a registry is good for: other programs log in and out too. */
const FRESH_MILLIS = 30_000

/** A client that several use one after the other or together. */
interface Shared {
  api: RegistryApi
  /** The access that it was made for, as JSON. */
  key: string
  users: number
  retired: boolean
}

export interface Clients {
  /** A client of the host, kept with its connections and tokens. `close` of it lets go of it. */
  use(host: string): Promise<RegistryApi>
  /** Whoever comes next has logins and settings read again; where they are the same, the client stays. */
  lookAgain(): void
  /** Settings or logins have changed: whoever comes next gets a client that knows. */
  forget(host?: string): void
  close(): Promise<void>
}

/** Clients by host: made when they are needed, made anew when how to reach the registry has changed. */
export function createClients(accessOf: (host: string) => Promise<RegistryAccess>): Clients {
  const clients = new Map<string, Shared>()
  const fresh = new Map<string, { access: Promise<RegistryAccess>; at: number }>()

  function freshAccess(host: string): Promise<RegistryAccess> {
    const known = fresh.get(host)
    if (known !== undefined && performance.now() - known.at < FRESH_MILLIS) return known.access
    const entry = { access: accessOf(host), at: performance.now() }
    fresh.set(host, entry)
    entry.access.catch(() => {
      if (fresh.get(host) === entry) fresh.delete(host)
    })
    return entry.access
  }

  function retire(host: string): void {
    const shared = clients.get(host)
    if (shared === undefined) return
    clients.delete(host)
    shared.retired = true
    if (shared.users === 0) void shared.api.close()
  }

  function lease(shared: Shared): RegistryApi {
    shared.users += 1
    let held = true
    return {
      ...shared.api,
      async close() {
        if (!held) return
        held = false
        shared.users -= 1
        if (shared.retired && shared.users === 0) await shared.api.close()
      },
    }
  }

  return {
    async use(host) {
      const access = await freshAccess(host)
      const key = JSON.stringify(access)
      const known = clients.get(host)
      if (known?.key === key) return lease(known)
      retire(host)
      const shared = { api: createRegistryApi(access), key, users: 0, retired: false }
      clients.set(host, shared)
      return lease(shared)
    },
    lookAgain() {
      fresh.clear()
    },
    forget(host) {
      for (const each of host === undefined ? [...fresh.keys()] : [host]) fresh.delete(each)
      for (const each of host === undefined ? [...clients.keys()] : [host]) retire(each)
    },
    async close() {
      const open = [...clients.values()]
      clients.clear()
      fresh.clear()
      await Promise.all(open.map(({ api }) => api.close()))
    },
  }
}
