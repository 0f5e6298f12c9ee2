import { setTimeout as delay } from 'node:timers/promises'
import type { Attempt, Offer } from '../../preload/contract/engines'
import { say } from '../../preload/contract/say'
import { withDeadline } from '../deadline'
import { Failure, toProblem } from '../errors'
import { isMissing } from '../systemFiles'
import { endpointOf, isLocal, type Endpoint } from './endpoint'
import { identityOf } from './identity'
import type { Place, Surroundings } from './places'
import { askedPlace } from './places/dockerHost'
import { findPlaces, type Places } from './places/findPlaces'
import { ping } from './probe'
import type { OpenTransport } from './transport'

/** An engine that answered. */
export interface FoundEngine {
  endpoint: Endpoint
  foundBy: string
}

export interface Discovery {
  found: FoundEngine[]
  /** Places where nobody answered although something is there, or somebody asked for it. */
  attempts: Attempt[]
  /** Engines of other hosts that other programs know. */
  offers: Offer[]
}

/** How long a place has to answer, milliseconds: another host may have to be logged in to. */
const probeMillis = { local: 3_000, remote: 10_000 }

/** How long the first choice may keep the others waiting, milliseconds: one that hangs delays no other. */
const orderMillis = 500

/**
 * Tries all places at once. Each engine is told to `onFound` once: in the order of preference those that answer
 * within a moment, then the others as they answer. Resolves when every place has answered or had its time.
 *
 * @param asked - what `--engine` gave: an address, or a part of a place's name ("podman", "colima")
 */
export async function discover(
  surroundings: Surroundings,
  openTransport: OpenTransport,
  asked: string | null = null,
  onFound: (engine: FoundEngine) => void = () => undefined,
): Promise<Discovery> {
  const places = await (asked === null ? findPlaces(surroundings) : named(asked, surroundings))
  const found: FoundEngine[] = []
  const known = new Set<string>()
  const take = (result: Tried) => {
    if ('attempt' in result || known.has(result.identity)) return
    known.add(result.identity)
    const engine = { endpoint: result.endpoint, foundBy: result.foundBy }
    found.push(engine)
    onFound(engine)
  }
  const waiting = new AbortController()
  const inOrder = delay(orderMillis, undefined, { signal: waiting.signal }).catch(() => undefined)
  const trying = places.tried.map((place) => tryPlace(place, openTransport))
  let before: Promise<unknown> = Promise.resolve()
  const taking = trying.map((tried) => {
    // The one before, or the moment, whichever is over first.
    const turn = Promise.race([before, inOrder])
    const taken = Promise.all([tried, turn]).then(([result]) => take(result))
    before = taken
    return taken
  })
  await Promise.all(taking)
  waiting.abort()
  const attempts = (await Promise.all(trying)).flatMap((result) =>
    'attempt' in result && result.worthTelling ? [result.attempt] : [],
  )
  return { found, attempts, offers: places.offers }
}

/** What `--engine` gave: nothing else is offered beside it. */
async function named(asked: string, surroundings: Surroundings): Promise<Places> {
  if (/[/\\]/.test(asked)) {
    return { tried: [await askedPlace('--engine', asked, surroundings)], offers: [] }
  }
  const env = { ...surroundings.env, DOCKER_CONTEXT: asked, CONTAINER_CONNECTION: asked }
  const { tried } = await findPlaces({ ...surroundings, env })
  const fitting = tried.filter(({ foundBy }) => foundBy.toLowerCase().includes(asked.toLowerCase()))
  if (fitting.length > 0) {
    return { tried: fitting.map((one) => ({ ...one, asked: true })), offers: [] }
  }
  throw new Failure('invalid-input', say`No place is called "${asked}".`, {
    hint: say`Give a socket path, an address, the name of a docker context or of a podman connection, or one of: docker, podman, colima, rancher, orbstack.`,
  })
}

type Tried =
  | { attempt: Attempt; worthTelling: boolean }
  | { endpoint: Endpoint; foundBy: string; identity: string }

async function tryPlace(place: Place, openTransport: OpenTransport): Promise<Tried> {
  try {
    const endpoint = endpointOf(place)
    const transport = openTransport(endpoint)
    try {
      const millis = isLocal(endpoint) ? probeMillis.local : probeMillis.remote
      await withDeadline(millis, (signal) => ping(transport, signal))
    } finally {
      transport.close()
    }
    return { endpoint, foundBy: place.foundBy, identity: await identityOf(endpoint) }
  } catch (error) {
    return {
      attempt: { foundBy: place.foundBy, endpoint: place.address, problem: toProblem(error) },
      worthTelling: place.asked || !isMissing(error),
    }
  }
}
