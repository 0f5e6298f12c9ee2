import type { Container } from '../../../preload/contract/containers'
import type { Network, NetworkMember } from '../../../preload/contract/networks'
import { takesConnections } from '../reach'

/** A network as a vertical bar; the containers on it stand in rows beside. All lengths in CSS pixels. */
export interface Lane {
  id: string
  network: Network
  /** The middle of the bar. */
  x: number
  /** For its head and the addresses beside it. */
  width: number
  /** 1 to 8: a colour of the series. */
  colour: number
}

/** Where a row's line meets a bar. */
export interface Joint {
  laneId: string
  x: number
  /** For the address and names beside it. */
  width: number
  colour: number
  /** Empty where it has none now. */
  address: string
  names: string[]
}

export interface ContainerRow {
  kind: 'container'
  id: string
  name: string
  y: number
  running: boolean
  joints: Joint[]
  /** Ports of the host that lead here: `8080 → 80`. */
  doors: string[]
  /** Names of containers in its network namespace. */
  sharedBy: string[]
  /** It has the host's own network. */
  onHost: boolean
}

export type Row =
  | ContainerRow
  /** More with the same connections as those above. */
  | { kind: 'more'; key: string; y: number; count: number }
  | { kind: 'title'; key: 'host' | 'none'; y: number }

export interface Picture {
  lanes: Lane[]
  rows: Row[]
  /** Where it begins: without a published port there is no host's wall to show. */
  left: number
  width: number
  height: number
}

export const sizes = {
  row: 46,
  head: 58,
  /** Where the host's wall stands. */
  wall: 104,
  boxLeft: 128,
  boxWidth: 184,
  boxHeight: 30,
  lane: 156,
  /** In a picture of one network, which stands in a panel. */
  closeLane: 124,
  titleRow: 38,
} as const

/** Containers with the same connections that are drawn before the others wait behind a number. */
const mostAlike = 6
const colours = 8

interface Options {
  networks: readonly Network[]
  containers: ReadonlyMap<string, Container>
  /** Groups of which all containers are drawn, by their key. */
  expanded: ReadonlySet<string>
  /** Only this network, with the others that its members are on. */
  only?: string | undefined
}

/** Places everything: bars from left to right, containers that share networks beside each other. */
export function drawPicture({ networks, containers, expanded, only }: Options): Picture {
  const meant = networksToDraw(networks, only)
  const laneWidth = only === undefined ? sizes.lane : sizes.closeLane
  const lanes = meant
    .filter(takesConnections)
    .sort(laneOrder(only))
    .map((network, index) => laneOf(network, index, laneWidth))
  const byContainer = connectionsOf(lanes)
  const focused = only === undefined ? null : networks.find(({ id }) => id === only)
  const isShown = ({ joints }: Pick<ContainerRow, 'joints'>) =>
    focused === null || focused === undefined || joints.some(({ laneId }) => laneId === focused.id)

  const drawn = [...byContainer]
    .map(([id, found]) => ({ ...rowOf(id, found.member, containers), joints: found.joints }))
    .filter(isShown)
  const sharers = sharersOf(meant)
  for (const row of drawn) row.sharedBy = sharers.get(row.id) ?? []

  const placed = new Placing(sizes.head)
  placed.addGroups(groupsOf(drawn), expanded)
  for (const key of ['host', 'none'] as const) {
    const apart = meant.find(
      ({ driver, members }) => driver === (key === 'host' ? 'host' : 'null') && members.length > 0,
    )
    if (!apart) continue
    placed.addTitle(key)
    const rows = apart.members
      .filter(({ joins }) => joins === null)
      .map((member) => rowOf(member.containerId, member, containers))
    for (const row of rows) {
      row.sharedBy = sharers.get(row.id) ?? []
      row.onHost = key === 'host'
    }
    placed.addGroups(new Map([[key, rows]]), expanded)
  }
  const hasWall =
    only === undefined ||
    placed.rows.some((row) => row.kind === 'container' && (row.doors.length > 0 || row.onHost))
  const left = hasWall ? 0 : sizes.boxLeft - 12
  const right = sizes.boxLeft + sizes.boxWidth + 28 + Math.max(1, lanes.length) * laneWidth
  return {
    lanes,
    rows: placed.rows,
    left,
    width: right - left,
    height: placed.y + 12,
  }
}

/** Networks without containers say nothing in a picture, unless it is about one. */
function networksToDraw(networks: readonly Network[], only: string | undefined): Network[] {
  if (only === undefined) return networks.filter(({ members }) => members.length > 0)
  const focused = networks.find(({ id }) => id === only)
  const members = new Set(focused?.members.map(({ containerId }) => containerId))
  return networks.filter(
    (network) =>
      network.id === only || network.members.some(({ containerId }) => members.has(containerId)),
  )
}

/** The one that it is about first, then projects together; what comes with the engine last. */
function laneOrder(only: string | undefined) {
  const rank = ({ id, builtIn }: Network) => (id === only ? 0 : builtIn ? 2 : 1)
  const key = ({ composeProject, name }: Network) => `${composeProject ?? '￿'} ${name}`
  return (left: Network, right: Network) =>
    rank(left) - rank(right) || key(left).localeCompare(key(right))
}

function laneOf(network: Network, index: number, width: number): Lane {
  return {
    id: network.id,
    network,
    x: sizes.boxLeft + sizes.boxWidth + 52 + index * width,
    width,
    colour: (index % colours) + 1,
  }
}

function connectionsOf(lanes: readonly Lane[]) {
  const byContainer = new Map<string, { member: NetworkMember; joints: Joint[] }>()
  for (const { id: laneId, network, x, width, colour } of lanes) {
    for (const member of network.members) {
      if (member.joins !== null) continue
      const joint = {
        ...{ laneId, x, width, colour },
        address: member.ipv4 || member.ipv6 || member.fixedIpv4 || member.fixedIpv6,
        names: network.resolvesNames ? member.aliases : [],
      }
      const found = byContainer.get(member.containerId)
      if (found) found.joints.push(joint)
      else byContainer.set(member.containerId, { member, joints: [joint] })
    }
  }
  return byContainer
}

function rowOf(
  id: string,
  member: NetworkMember,
  containers: ReadonlyMap<string, Container>,
): ContainerRow {
  const container = containers.get(id)
  const running = container?.state === 'running' || container?.state === 'paused'
  const published = running ? container.ports.filter(({ hostPort }) => hostPort !== null) : []
  const doors = published.map(({ hostPort, containerPort, protocol }) => {
    const text = `${hostPort ?? ''} → ${containerPort}`
    return protocol === 'tcp' ? text : `${text}/${protocol}`
  })
  return {
    ...{
      kind: 'container',
      id,
      name: member.name,
      y: 0,
      running,
      joints: [],
      sharedBy: [],
      onHost: false,
    },
    // The same port at IPv4 and IPv6 is one door.
    doors: [...new Set(doors)],
  }
}

/** Containers with the same connections, in the order of their bars. */
function groupsOf(rows: readonly ContainerRow[]): Map<string, ContainerRow[]> {
  const keyed = rows.map((row) => ({ row, key: row.joints.map(({ x }) => x).join(' ') }))
  keyed.sort(
    (left, right) =>
      (left.row.joints[0]?.x ?? 0) - (right.row.joints[0]?.x ?? 0) ||
      left.key.length - right.key.length ||
      left.key.localeCompare(right.key) ||
      left.row.name.localeCompare(right.row.name),
  )
  const groups = new Map<string, ContainerRow[]>()
  for (const { row } of keyed) {
    const key = row.joints.map(({ laneId }) => laneId).join(' ')
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}

/** Names of the containers in each one's network namespace. */
function sharersOf(networks: readonly Network[]): Map<string, string[]> {
  const sharers = new Map<string, Set<string>>()
  for (const { joins, name } of networks.flatMap(({ members }) => members)) {
    if (joins === null) continue
    const names = sharers.get(joins)
    if (names) names.add(name)
    else sharers.set(joins, new Set([name]))
  }
  return new Map([...sharers].map(([id, names]) => [id, [...names]]))
}

class Placing {
  readonly rows: Row[] = []
  y: number

  constructor(top: number) {
    this.y = top
  }

  addTitle(key: 'host' | 'none'): void {
    this.rows.push({ kind: 'title', key, y: this.y })
    this.y += sizes.titleRow
  }

  addGroups(groups: ReadonlyMap<string, readonly ContainerRow[]>, expanded: ReadonlySet<string>) {
    for (const [key, all] of groups) {
      // One row says "and 1 more" in no less room than the one.
      const isCut = all.length > mostAlike + 1 && !expanded.has(key)
      for (const row of isCut ? all.slice(0, mostAlike) : all) {
        this.rows.push({ ...row, y: this.y })
        this.y += sizes.row
      }
      if (!isCut) continue
      this.rows.push({ kind: 'more', key, y: this.y, count: all.length - mostAlike })
      this.y += sizes.row
    }
  }
}
