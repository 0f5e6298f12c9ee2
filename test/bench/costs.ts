import type { EventLoopDelay } from './clients/eventLoopDelay'

/** What one way of reading the statistics of all containers costs. CPU in milliseconds per second. */
export interface Cost {
  /** Of the engine's processes together, with what they use when nobody asks. */
  engineCpuMillis: number
  clientCpuMillis: number
  /** The client's ticks alone; null where it has none of ours. */
  tickCpuMillis: number | null
  /** For each container; null where the client does not tell. */
  samplesPerSecond: number | null
  residentBytes: number
  eventLoopDelay: EventLoopDelay | null
  /** What the client does once a minute, milliseconds; in no other figure. */
  minuteCpuMillis: number | null
}

export const ways = [
  'a Node process that waits',
  'bare pread loop',
  'our cgroup sampler',
  'our cgroup sampler, none idle',
  'main with a page watching',
  'our engine-API sampler',
  'dockerode streams',
  'docker stats',
  'docker stats --no-stream, each tick',
] as const
export type Way = (typeof ways)[number]

/** All ways at one number of idle containers. */
export interface Round {
  containers: number
  costs: Record<Way, Cost>
}

/** They never ask the engine, so what it does meanwhile is not theirs. */
const silent: readonly Way[] = [
  'a Node process that waits',
  'bare pread loop',
  'our cgroup sampler',
  'our cgroup sampler, none idle',
]

/**
 * What the engine uses when nobody asks: the lower middle one of the windows with a silent client. In
 * some window Go collects garbage in each of a hundred shims, which it does every two minutes.
 */
export function idleEngineCpuMillis({ costs }: Round): number {
  const sorted = silent.map((way) => costs[way].engineCpuMillis).sort((one, other) => one - other)
  return sorted[1] ?? Number.NaN
}

/** CPU of the engine for the statistics, milliseconds per second. */
export function engineCpuMillis(round: Round, way: Way): number {
  if (silent.includes(way)) return 0
  // Idle use is not steady, so the rest can be below zero.
  return Math.max(0, round.costs[way].engineCpuMillis - idleEngineCpuMillis(round))
}

/** CPU of engine and client for the statistics, milliseconds per second. */
export function totalCpuMillis(round: Round, way: Way): number {
  return engineCpuMillis(round, way) + round.costs[way].clientCpuMillis
}

/** What one figure of one container costs engine and client together, microseconds. */
export function cpuMicrosPerSample(round: Round, way: Way): number | null {
  const { samplesPerSecond } = round.costs[way]
  if (samplesPerSecond === null) return null
  return (totalCpuMillis(round, way) * 1_000) / (samplesPerSecond * round.containers)
}

/** How CPU grows with each container more: the slope of the line through all rounds, µs per second. */
export function cpuMicrosPerContainer(rounds: readonly Round[], way: Way): number {
  const points = rounds.map((round) => ({ x: round.containers, y: totalCpuMillis(round, way) }))
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const x = mean(points.map((point) => point.x))
  const y = mean(points.map((point) => point.y))
  const covariance = mean(points.map((point) => (point.x - x) * (point.y - y)))
  return (covariance / mean(points.map((point) => (point.x - x) ** 2))) * 1_000
}

/** How a figure of ours stands to the one it is held against, and what was aimed at. */
export interface Target {
  name: string
  ratio: number
  /** `at most`. */
  aim: number
}

/** The targets at one number of containers. */
export function targetsOf(round: Round): Target[] {
  const { costs } = round
  const ticks = (way: Way) => costs[way].tickCpuMillis ?? Number.NaN
  const streams = totalCpuMillis(round, 'dockerode streams')
  return [
    {
      name: 'sampler’s ticks / bare pread loop’s',
      ratio: ticks('our cgroup sampler') / ticks('bare pread loop'),
      aim: 3,
    },
    {
      name: 'the same while no container is idle',
      ratio: ticks('our cgroup sampler, none idle') / ticks('bare pread loop'),
      aim: 3,
    },
    {
      name: 'sampler’s ticks / dockerode streams',
      ratio: ticks('our cgroup sampler') / streams,
      aim: 1 / 100,
    },
    {
      name: 'sampler’s whole process / dockerode streams',
      ratio: totalCpuMillis(round, 'our cgroup sampler') / streams,
      aim: 1 / 100,
    },
    {
      name: 'main with a page watching / dockerode streams',
      ratio: totalCpuMillis(round, 'main with a page watching') / streams,
      aim: 1 / 40,
    },
  ]
}
