import type { NetworkProblem, NetworkProblemCode } from '../../preload/contract/networkProblems'
import { Failure } from '../errors'

const sentences: Record<NetworkProblemCode, string> = {
  'name-taken': 'There is a network of this name already.',
  'name-reserved': 'Engines keep this name for themselves.',
  'subnet-unreadable': 'The subnet is none: it is an address, a slash, and a number of bits.',
  'subnet-host-bits': 'The subnet does not begin where it says.',
  'subnet-too-small': 'The subnet has no room for a gateway and a container.',
  'subnet-overlaps': 'The subnet has addresses of another network.',
  'subnet-twice': 'Two subnets have the same addresses.',
  'subnet-needs-ipv6': 'The network is to have an IPv6 subnet, but no IPv6.',
  'gateway-unreadable': 'The gateway is no address.',
  'gateway-outside': 'The gateway is not in the subnet.',
  'gateway-not-a-host': 'The gateway has an address that no machine of the subnet can have.',
  'range-unreadable': 'The range is none: it is an address, a slash, and a number of bits.',
  'range-outside': 'The range is not in the subnet.',
}

/** What a client that did not look for itself is told. */
export function problemFailure({ code, detail }: NetworkProblem): Failure {
  return new Failure(code === 'name-taken' ? 'conflict' : 'invalid-input', sentences[code], {
    hint: code === 'subnet-host-bits' ? `It would be ${detail}.` : undefined,
  })
}
