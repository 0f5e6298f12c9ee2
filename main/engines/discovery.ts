import { realpath } from 'node:fs/promises'
import type { Attempt, Offer } from '../../preload/contract/engines'
import { withDeadline } from '../deadline'
import { Failure, toProblem } from '../errors'
import { isMissing } from '../systemFiles'
import { formatEndpoint, parseEndpoint, type Endpoint } from './endpoint'
import { findPlaces, type Place, type Surroundings } from './places'
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

/** How long a place has to answer, milliseconds: one that hangs does not keep the others waiting. */
const probeMillis = 3_000

/**
 * Tries all places at once; engines come in the order of preference, each once.
 *
 * @param asked - what `--engine` gave: an address, or a part of a place's name ("podman", "colima")
 */
export async function discover(
  surroundings: Surroundings,
  openTransport: OpenTransport,
  asked: string | null = null,
): Promise<Discovery> {
  const places = asked === null ? await findPlaces(surroundings) : await named(asked, surroundings)
  const tried = await Promise.all(places.map((place) => tryPlace(place, openTransport)))
  const found: FoundEngine[] = []
  const attempts: Attempt[] = []
  const known = new Set<string>()
  for (const result of tried) {
    if ('attempt' in result) {
      if (result.worthTelling) attempts.push(result.attempt)
    } else if (!known.has(result.identity)) {
      known.add(result.identity)
      found.push({ endpoint: result.endpoint, foundBy: result.foundBy })
    }
  }
  return { found, attempts, offers: [] }
}

async function named(asked: string, surroundings: Surroundings): Promise<Place[]> {
  if (/[/\\]/.test(asked)) return [{ foundBy: '--engine', address: asked, asked: true }]
  const env = { ...surroundings.env, DOCKER_CONTEXT: asked }
  const places = await findPlaces({ ...surroundings, env })
  const fitting = places.filter(({ foundBy }) =>
    foundBy.toLowerCase().includes(asked.toLowerCase()),
  )
  if (fitting.length > 0) return fitting.map((place) => ({ ...place, asked: true }))
  throw new Failure('invalid-input', `No place is called "${asked}".`, {
    hint: 'Give a socket path, an address, the name of a docker context, or one of: docker, podman, colima, rancher, orbstack.',
  })
}

type Tried =
  | { attempt: Attempt; worthTelling: boolean }
  | { endpoint: Endpoint; foundBy: string; identity: string }

async function tryPlace(place: Place, openTransport: OpenTransport): Promise<Tried> {
  try {
    const endpoint = parseEndpoint(place.address)
    const transport = openTransport(endpoint)
    try {
      await withDeadline(probeMillis, (signal) => ping(transport, signal))
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

/** Two paths to one socket (/run and /var/run) are one engine. */
async function identityOf(endpoint: Endpoint): Promise<string> {
  if (endpoint.protocol !== 'unix') return formatEndpoint(endpoint)
  return realpath(endpoint.path)
}
