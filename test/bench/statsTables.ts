import {
  cpuMicrosPerContainer,
  targetsOf,
  totalCpuMillis,
  ways,
  type Round,
  type Target,
} from './costs'
import { figure, table } from './results'

const MIB = 2 ** 20

/** The benchmark of the statistics as Markdown. */
export function statisticsTables(rounds: readonly Round[]): string {
  const last = rounds.at(-1)
  if (!last) return ''
  return [
    `CPU of engine and client together, milliseconds per second, at 1 Hz:`,
    growth(rounds),
    `At ${last.containers} idle containers:`,
    details(last),
    `What was aimed at:`,
    targets(last),
  ].join('\n\n')
}

function growth(rounds: readonly Round[]): string {
  const counts = rounds.map(({ containers }) => `${containers}`)
  return table(
    ['Containers', ...counts, 'µs/s for each more'],
    ways.map((way) => [
      way,
      ...rounds.map((round) => figure(totalCpuMillis(round, way))),
      figure(cpuMicrosPerContainer(rounds, way)),
    ]),
  )
}

function details(round: Round): string {
  const idle = round.costs['a Node process that waits']
  const sampler = totalCpuMillis(round, 'our cgroup sampler')
  return table(
    ['', 'engine ms/s', 'client ms/s', 'of it ticks', 'samples/s each', 'client MiB', '× ours'],
    ways.map((way) => {
      const cost = round.costs[way]
      const engine = cost.engineCpuMillis - idle.engineCpuMillis
      return [
        way,
        cost === idle ? `(${figure(idle.engineCpuMillis)})` : figure(engine),
        figure(cost.clientCpuMillis),
        figure(cost.tickCpuMillis),
        figure(cost.samplesPerSecond),
        figure(cost.residentBytes / MIB),
        cost === idle ? '' : figure(totalCpuMillis(round, way) / sampler),
      ]
    }),
  )
}

function targets(round: Round): string {
  const main = round.costs['main with a page watching'].eventLoopDelay
  const idle = round.costs['a Node process that waits'].eventLoopDelay
  const delay = (name: string, ours?: number, waiting?: number) => [
    `event loop of main, ${name} delay (a waiting process: ${figure(waiting)} ms)`,
    `${figure(ours)} ms`,
    name === 'p99' ? '20 ms' : '',
  ]
  return table(
    ['', 'measured', 'at most'],
    [
      ...targetsOf(round).map(({ name, ratio, aim }) => [name, share(ratio), share(aim)]),
      delay('p99', main?.p99Millis, idle?.p99Millis),
      delay('longest', main?.longestMillis, idle?.longestMillis),
    ],
  )
}

function share(ratio: Target['ratio']): string {
  return ratio >= 1 ? figure(ratio) : `1/${figure(1 / ratio)}`
}
