import { contains, formatBlock, overlaps, parseAddress, parseBlock, type Block } from './addresses'
import { reservedNetworkNames, type Network } from './networks'

/** A subnet as it is typed: empty texts are left to the engine. */
interface TypedSubnet {
  subnet: string
  gateway: string
  range: string
}

/** What is looked at of a network that is to be made. */
export interface TypedNetwork {
  name: string
  driver: string
  ipv6: boolean
  subnets: readonly TypedSubnet[]
}

type Other = Pick<Network, 'name' | 'subnets'>

export type NetworkProblemCode =
  | 'name-taken'
  | 'name-reserved'
  | 'subnet-unreadable'
  | 'subnet-host-bits'
  | 'subnet-too-small'
  | 'subnet-overlaps'
  | 'subnet-twice'
  | 'subnet-needs-ipv6'
  | 'gateway-unreadable'
  | 'gateway-outside'
  | 'gateway-not-a-host'
  | 'range-unreadable'
  | 'range-outside'

/** Why a network would be refused (`error`), or what may not be meant (`warning`). */
export interface NetworkProblem {
  field: 'name' | 'subnet' | 'gateway' | 'range'
  /** Which subnet; 0 for the name. */
  index: number
  severity: 'error' | 'warning'
  code: NetworkProblemCode
  /** What it is about: the other network's name, or what was probably meant. */
  detail: string
}

/**
 * What speaks against a network, by what is known before it is made: the page shows it while it is
 * typed, main refuses errors.
 */
export function networkProblems(typed: TypedNetwork, others: readonly Other[]): NetworkProblem[] {
  const problems: NetworkProblem[] = []
  if (others.some(({ name }) => name === typed.name)) {
    problems.push(error('name', 0, 'name-taken', typed.name))
  } else if (reservedNetworkNames.includes(typed.name)) {
    problems.push(error('name', 0, 'name-reserved', typed.name))
  }
  const blocks = typed.subnets.map(({ subnet }) => parseBlock(subnet))
  typed.subnets.forEach((subnet, index) => {
    const block = blocks[index]
    if (!block) {
      problems.push(error('subnet', index, 'subnet-unreadable'))
      return
    }
    problems.push(...subnetProblems(block, index, typed.ipv6))
    if (blocks.slice(0, index).some((earlier) => earlier && overlaps(earlier, block))) {
      problems.push(error('subnet', index, 'subnet-twice'))
    }
    const other = others.find((each) => each.subnets.some((one) => isOver(block, one.subnet)))
    // Engines refuse most of these themselves; which, depends on drivers and machines.
    if (other) {
      problems.push({ ...error('subnet', index, 'subnet-overlaps', other.name), ...warning })
    }
    problems.push(...gatewayProblems(block, subnet.gateway, index))
    problems.push(...rangeProblems(block, subnet.range, index))
  })
  return problems
}

const warning = { severity: 'warning' } as const

function subnetProblems(block: Block, index: number, ipv6: boolean): NetworkProblem[] {
  if (block.written !== block.first) {
    return [error('subnet', index, 'subnet-host-bits', formatBlock(block))]
  }
  // Its first address, its gateway, and one container at least.
  if (block.last - block.first < (block.family === 4 ? 3n : 2n)) {
    return [error('subnet', index, 'subnet-too-small')]
  }
  return block.family === 6 && !ipv6 ? [error('subnet', index, 'subnet-needs-ipv6')] : []
}

function gatewayProblems(block: Block, gateway: string, index: number): NetworkProblem[] {
  if (gateway === '') return []
  const address = parseAddress(gateway)
  if (!address) return [error('gateway', index, 'gateway-unreadable')]
  if (!contains(block, address)) return [error('gateway', index, 'gateway-outside')]
  const isEdge =
    address.value === block.first || (block.family === 4 && address.value === block.last)
  return isEdge ? [error('gateway', index, 'gateway-not-a-host')] : []
}

function rangeProblems(block: Block, range: string, index: number): NetworkProblem[] {
  if (range === '') return []
  const part = parseBlock(range)
  if (!part) return [error('range', index, 'range-unreadable')]
  const inside =
    part.family === block.family && part.first >= block.first && part.last <= block.last
  return inside ? [] : [error('range', index, 'range-outside')]
}

function isOver(block: Block, subnet: string): boolean {
  const other = parseBlock(subnet)
  return other !== null && overlaps(block, other)
}

function error(
  field: NetworkProblem['field'],
  index: number,
  code: NetworkProblemCode,
  detail = '',
): NetworkProblem {
  return { field, index, severity: 'error', code, detail }
}
