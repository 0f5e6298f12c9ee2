/** An address as a number, so that ranges can be compared. */
export interface Address {
  family: 4 | 6
  value: bigint
}

/** A block of addresses in CIDR notation, as the numbers of its first and last address. */
export interface Block {
  family: 4 | 6
  prefix: number
  first: bigint
  last: bigint
  /** The address as it was written, which need not be the block's first. */
  written: bigint
}

const bitsOf = { 4: 32, 6: 128 } as const

/** Reads an IPv4 or IPv6 address, without zone or prefix; null where it is none. */
export function parseAddress(text: string): Address | null {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text)
}

/** Reads `10.0.0.0/24` or `fd00::/64`; null where it is none. */
export function parseBlock(text: string): Block | null {
  const [, start = '', digits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? []
  const address = parseAddress(start)
  const prefix = Number(digits)
  if (!address || prefix > bitsOf[address.family]) return null
  const size = 1n << BigInt(bitsOf[address.family] - prefix)
  const first = address.value - (address.value % size)
  return {
    family: address.family,
    prefix,
    first,
    last: first + size - 1n,
    written: address.value,
  }
}

export function overlaps(one: Block, other: Block): boolean {
  return one.family === other.family && one.first <= other.last && other.first <= one.last
}

export function contains(block: Block, address: Address): boolean {
  return (
    block.family === address.family && block.first <= address.value && address.value <= block.last
  )
}

/** `10.0.0.0/24`: the block by its first address. */
export function formatBlock({ family, first, prefix }: Block): string {
  return `${formatAddress({ family, value: first })}/${prefix}`
}

/** IPv6 in its short form (RFC 5952). */
export function formatAddress({ family, value }: Address): string {
  if (family === 4) {
    return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.')
  }
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  )
  const zeros = [...groups.join(':').matchAll(/\b0(?::0)+\b/g)].map(([run]) => run)
  const longest = zeros.sort((left, right) => right.length - left.length)[0]
  if (longest === undefined) return groups.join(':')
  const [before, after] = splitOnce(groups.join(':'), longest)
  return `${before.replace(/:$/, '')}::${after.replace(/^:/, '')}`
}

/** At the run itself, not at the same digits inside a longer group. */
function splitOnce(text: string, run: string): [string, string] {
  const at = text.search(new RegExp(`\\b${run}\\b`))
  return [text.slice(0, at), text.slice(at + run.length)]
}

function parseIpv4(text: string): Address | null {
  const parts = text.split('.')
  if (parts.length !== 4) return null
  let value = 0n
  for (const part of parts) {
    // Go refuses leading zeros, which some programs read as octal.
    if (!/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return null
    value = (value << 8n) | BigInt(part)
  }
  return { family: 4, value }
}

function parseIpv6(text: string): Address | null {
  const embedded = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  if (embedded) {
    const ipv4 = parseIpv4(embedded[2] ?? '')
    if (!ipv4) return null
    const groups = [ipv4.value >> 16n, ipv4.value & 0xffffn].map((group) => group.toString(16))
    return parseIpv6((embedded[1] ?? '') + groups.join(':'))
  }
  const halves = text.split('::')
  if (halves.length > 2) return null
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - head.length - tail.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null
  let value = 0n
  for (const group of [...head, ...Array<string>(missing).fill('0'), ...tail]) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return null
    value = (value << 16n) | BigInt(`0x${group}`)
  }
  return { family: 6, value }
}
