import type { NetworkProblem, NetworkProblemCode } from '../../preload/contract/networkProblems'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'

const sentences: Record<NetworkProblemCode, () => string> = {
  'name-taken': () => say`There is a network of this name already.`,
  'name-reserved': () => say`Engines keep this name for themselves.`,
  'subnet-unreadable': () =>
    say`The subnet is none: it is an address, a slash, and a number of bits.`,
  'subnet-host-bits': () => say`The subnet does not begin where it says.`,
  'subnet-too-small': () => say`The subnet has no room for a gateway and a container.`,
  'subnet-overlaps': () => say`The subnet has addresses of another network.`,
  'subnet-twice': () => say`Two subnets have the same addresses.`,
  'subnet-needs-ipv6': () => say`The network is to have an IPv6 subnet, but no IPv6.`,
  'gateway-unreadable': () => say`The gateway is no address.`,
  'gateway-outside': () => say`The gateway is not in the subnet.`,
  'gateway-not-a-host': () =>
    say`The gateway has an address that no machine of the subnet can have.`,
  'range-unreadable': () =>
    say`The range is none: it is an address, a slash, and a number of bits.`,
  'range-outside': () => say`The range is not in the subnet.`,
}

/** What a client that did not look for itself is told. */
export function problemFailure({ code, detail }: NetworkProblem): Failure {
  return new Failure(code === 'name-taken' ? 'conflict' : 'invalid-input', sentences[code](), {
    hint: code === 'subnet-host-bits' ? say`It would be ${detail}.` : undefined,
  })
}
