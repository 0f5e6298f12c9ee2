import type { Client } from 'ssh2'
import type { Failure } from '../../errors'
import type { SshEndpoint } from '../endpoint'
import type { HostKeys } from '../hostKeys/hostKeys'
import type { Surroundings } from '../places'
import { openChannel } from './channelStream'
import { connectHop } from './connectHop'
import { connectionLost, notForwarded } from './failures'
import { hostSettingsOf, type HostSettings } from './hostSettings'
import { identitiesFor } from './identities'
import { routeTo } from './route'

export interface SshOptions {
  surroundings: Surroundings
  hostKeys: HostKeys
}

export interface RouteHandlers {
  /** Gives up connecting. */
  signal: AbortSignal
  /** Told once when a connection that was there is gone, be it by `close`. */
  onLost: (reason: Failure) => void
}

/** Connections to all hosts of a route, each through the one before it. */
export interface OpenRoute {
  /** Of the engine's host. */
  settings: HostSettings
  client: Client
  /** Why it is gone; null while it is there. */
  readonly lost: Failure | null
  close(): void
}

/** Connects host by host; every one of them has to prove who it is. Throws a Failure. */
export async function openRoute(
  { user, host, port, settings: { identityFile, jump } }: SshEndpoint,
  { surroundings, hostKeys }: SshOptions,
  { signal, onLost }: RouteHandlers,
): Promise<OpenRoute> {
  const route = await routeTo({ user, host, port }, jump, (asked) =>
    hostSettingsOf(asked, surroundings, signal),
  )
  const clients: Reached[] = []
  const end = () => {
    for (const { client } of clients.toReversed()) client.destroy()
  }
  try {
    for (const settings of route) {
      const before = clients.at(-1)
      const identities =
        settings === route.at(-1)
          ? await identitiesFor(settings, identityFile)
          : await identitiesFor(offering(settings, identityFile), null)
      const known = await hostKeys.of(settings.host, settings.port)
      const through = before ? await forward(before, settings) : null
      const client = await connectHop({ settings, identities, known, through }, signal)
      clients.push({ client, settings })
    }
  } catch (error) {
    end()
    throw error
  }
  return watched(clients, end, onLost)
}

interface Reached {
  client: Client
  settings: HostSettings
}

function watched(
  clients: Reached[],
  end: () => void,
  onLost: (reason: Failure) => void,
): OpenRoute {
  const last = clients.at(-1)
  if (!last) throw new Error('A route has at least one host.')
  let lost: Failure | null = null
  for (const { client, settings } of clients) {
    let cause: Error | null = null
    client.on('error', (error: Error) => {
      cause ??= error
    })
    client.once('close', () => {
      if (lost) return
      lost = connectionLost(settings, cause)
      onLost(lost)
      end()
    })
  }
  return {
    ...last,
    get lost() {
      return lost
    },
    close: end,
  }
}

/** The given key is tried for jump hosts too, beside those that ssh would try. */
function offering(settings: HostSettings, identityFile: string | null): HostSettings {
  if (identityFile === null) return settings
  return { ...settings, identityFiles: [identityFile, ...settings.identityFiles] }
}

function forward({ client, settings }: Reached, next: HostSettings) {
  return openChannel(
    (done) => client.forwardOut('127.0.0.1', 0, next.host, next.port, done),
    (cause) => notForwarded(settings, next, cause),
  )
}
