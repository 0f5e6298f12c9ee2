import { say } from '../../../preload/contract/say'
import { Failure } from '../../errors'
import { isRegistry } from '../firstContact'
import { isLoopback } from '../hosts'
import { Refused } from '../loginRefusal'
import type { TransportTimeouts } from '../transport'
import type { RegistryAccess } from './access'
import { createBlobs } from './blobs'
import { createListing } from './listing'
import { createManifests } from './manifests'
import { createSession, discard } from './session'
import type { RegistryApi } from './types'
import { createUploads } from './uploads'

/**
 * A registry, to be spoken to by the distribution protocol. Nothing is sent before the first call.
 *
 * @param options.timeouts - others than the usual ones
 * @throws Failure `invalid-input` when another machine's registry would fall back to plain HTTP
 */
export function createRegistryApi(
  access: RegistryAccess,
  options: { timeouts?: Partial<TransportTimeouts> } = {},
): RegistryApi {
  if (access.scheme === 'https-then-http' && !isLoopback(access.host)) {
    throw new Failure(
      'invalid-input',
      say`${access.host} is not on this machine: choose how to ask it.`,
      {
        hint: say`Plain HTTP is never a way out there; allow it in the settings of this registry.`,
      },
    )
  }
  const session = createSession(access, options.timeouts)
  return {
    host: session.host,
    ping: (call) =>
      session.run(say`the registry itself`, call, async (send) => {
        const answer = await send({ method: 'GET', to: '', scopes: [], expect: [200] })
        await discard(answer)
        if (!isRegistry(answer)) throw new Refused('not-a-registry', String(answer.status))
      }),
    ...createListing(session),
    ...createManifests(session),
    ...createBlobs(session),
    ...createUploads(session),
    close: () => session.close(),
  }
}
