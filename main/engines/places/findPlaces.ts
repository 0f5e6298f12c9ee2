import { offer, type Offer } from '../../../preload/contract/engines'
import { endpointOf, formatEndpoint, isLocal } from '../endpoint'
import { dockerContexts } from './dockerContexts'
import { dockerHost } from './dockerHost'
import type { Place, Surroundings } from '../places'
import { machineNames, podmanConnections, podmanPlaces } from './podmanConnections'
import { usualPlaces } from './usual'

export interface Places {
  /** In the order of preference: what was asked for, then Docker's, then Podman's. */
  tried: Place[]
  /**
   * Engines of other hosts that docker or podman know. They are never contacted by themselves: it would show
   * this person's keys and certificates to hosts, and wake machines, that nobody has asked for today.
   */
  offers: Offer[]
}

/** Where to look for engines, and which others there are. */
export async function findPlaces(surroundings: Surroundings): Promise<Places> {
  const [host, contexts, podman] = await Promise.all([
    dockerHost(surroundings),
    dockerContexts(surroundings),
    podmanConnections(surroundings),
  ])
  const usual = await usualPlaces(surroundings, machineNames(podman))
  const known = [...(host ? [host] : []), ...contexts, ...podmanPlaces(surroundings, podman)]
  const asked = known.filter(({ asked }) => asked)
  const others = known.filter(({ asked }) => !asked)
  return {
    tried: [...asked, ...usual, ...others.filter(isHere)],
    offers: onceEach(others.flatMap(offerOf)),
  }
}

/** A socket or a pipe of this machine. */
function isHere(place: Place): boolean {
  try {
    return isLocal(endpointOf(place))
  } catch {
    return false
  }
}

/** Nothing for a place of this machine, or one that cannot be added: another program's file may hold anything. */
function offerOf(place: Place): Offer[] {
  try {
    const endpoint = endpointOf(place)
    if (isLocal(endpoint)) return []
    const { data } = offer.safeParse({ ...place, address: formatEndpoint(endpoint) })
    return data ? [data] : []
  } catch {
    return []
  }
}

/** An address that docker and podman both know, or one of them twice, is one engine; the first name counts. */
function onceEach(offers: Offer[]): Offer[] {
  return offers.filter(
    ({ address }, at) => offers.findIndex((one) => one.address === address) === at,
  )
}
