/** What a client reports about the measured time. */
export interface ClientReport {
  /** User and system time of the whole process. */
  cpuMillis: number
  /** Figures received, of all containers together. */
  samples: number
}

/** What a client is told on its command line, as JSON. */
export interface ClientTask {
  source: 'cgroup' | 'engine-api'
  socketPath: string
  containers: { id: string; pid: number }[]
}

export type Message = 'ready' | 'begin' | 'end'

/**
 * The client's side of a measurement: says `ready` once `start` has settled, and reports what was used
 * and received between `begin` and `end`.
 *
 * @param start Begins to receive; calls `onSamples` with the number of figures that came.
 */
export async function measure(
  start: (task: ClientTask, onSamples: (count: number) => void) => Promise<void>,
): Promise<void> {
  let samples = 0
  let cpu = process.cpuUsage()
  process.on('message', (message: Message) => {
    if (message === 'begin') {
      samples = 0
      cpu = process.cpuUsage()
    } else {
      const { user, system } = process.cpuUsage(cpu)
      const report: ClientReport = { cpuMillis: (user + system) / 1_000, samples }
      process.send?.(report, () => process.exit())
    }
  })
  await start(JSON.parse(process.argv[2] ?? '') as ClientTask, (count) => (samples += count))
  process.send?.('ready' satisfies Message)
}
