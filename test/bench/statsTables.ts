import {
  cpuMicrosPerContainer,
  cpuMicrosPerSample,
  engineCpuMillis,
  idleEngineCpuMillis,
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
    besides(last),
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
  const sampler = totalCpuMillis(round, 'our cgroup sampler')
  const heads = ['engine ms/s', 'client ms/s', 'of it ticks', 'samples/s each', 'µs a sample']
  return table(
    ['', ...heads, 'client MiB', '× ours'],
    ways.map((way) => {
      const cost = round.costs[way]
      return [
        way,
        figure(engineCpuMillis(round, way)),
        figure(cost.clientCpuMillis),
        figure(cost.tickCpuMillis),
        figure(cost.samplesPerSecond),
        figure(cpuMicrosPerSample(round, way)),
        figure(cost.residentBytes / MIB),
        figure(totalCpuMillis(round, way) / sampler),
      ]
    }),
  )
}

function besides(round: Round): string {
  const minute = round.costs['our cgroup sampler'].minuteCpuMillis
  return (
    `The engine used ${figure(idleEngineCpuMillis(round))} ms/s when nobody asked, which is taken off. ` +
    `Writing the history once a minute takes the sampler another ${figure(minute)} ms.`
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
