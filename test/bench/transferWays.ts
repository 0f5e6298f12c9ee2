import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Job } from '../../preload/contract/jobs'
import { reachApp } from '../appOnPort'
import type { EngineFacts } from '../bed'
import { firstOf, itemsOf } from '../client'
import { startModule } from './clients/start'

export const transferWays = ['`docker` command', 'the app'] as const
export type TransferWay = (typeof transferWays)[number]

export const directions = ['push', 'pull'] as const
export type Direction = (typeof directions)[number]

/** What one transfer took. */
export interface TransferCost {
  /** From asking to having been told that it is done. */
  wallMillis: number
  /** User and system time of the client's process; the engine's is not in it. */
  clientCpuMillis: number
  /** Layers that really travelled: not mounted from elsewhere, and not there before. */
  layersMoved: number
}

/** Far longer than any transfer here takes: one that hangs fails the benchmark. */
const DEADLINE_MILLIS = 5 * 60_000

/** How bash's `time` prints wall, user and system time: seconds with three digits. */
const TIME_FORMAT = '%3R %3U %3S'
const TIMED = `TIMEFORMAT='${TIME_FORMAT}'; time docker "$@"`

/** By the `docker` command, its start included, as a person would wait for it; not on a terminal. */
export async function byCommand(
  engine: EngineFacts,
  direction: Direction,
  reference: string,
): Promise<TransferCost> {
  const args = ['--config', join(engine.folder, 'cli'), '--host', `unix://${engine.socket}`]
  const { stdout, stderr } = await promisify(execFile)(
    'bash',
    ['-c', TIMED, 'docker', ...args, direction, reference],
    { timeout: DEADLINE_MILLIS },
  )
  const times = /([\d.]+) ([\d.]+) ([\d.]+)\s*$/.exec(stderr)
  if (!times) throw new Error(`No times were printed: ${stderr}`)
  const [wall, user, system] = times.slice(1).map((seconds) => Number(seconds) * 1_000)
  const moved = stdout.match(/: (?:Pushed|Pull complete)$/gm) ?? []
  return {
    wallMillis: wall ?? NaN,
    clientCpuMillis: (user ?? NaN) + (system ?? NaN),
    layersMoved: moved.length,
  }
}

/**
 * By an app that has just been started in a process of its own and is ended afterwards, so that it does
 * nothing while the command is measured. A page reaches it over a WebSocket and follows the job, as the
 * jobs page does, until the job is said to have ended.
 *
 * @param program The built client `app`.
 */
export async function byApp(
  program: string,
  { socket }: EngineFacts,
  dataFolder: string,
  direction: Direction,
  reference: string,
): Promise<TransferCost> {
  const client = await startModule(program, {
    socketPath: socket,
    dataFolder,
    containers: [],
    source: 'cgroup',
    files: [],
  })
  const { api, close } = reachApp(client.port ?? 0)
  try {
    const { engines } = await firstOf(api.engines.watch(), (message) =>
      message.engines.some(({ state }) => state === 'connected'),
    )
    const engineId = engines[0]?.id ?? ''
    await itemsOf(api.images.watch({ engineId }), () => true)
    await client.begin()
    const begun = performance.now()
    const { jobId } =
      direction === 'push'
        ? await api.images.push({ engineId, references: [reference] })
        : await api.images.pull({ engineId, reference })
    const ended = ({ id, state }: Job) => id === jobId && state !== 'running'
    const job = (await itemsOf(api.jobs.watch(), (jobs) => jobs.some(ended))).find(ended)
    const wallMillis = performance.now() - begun
    const { cpuMillis } = await client.end()
    if (job?.state !== 'succeeded') throw new Error(`${direction}: ${job?.problem?.message}`)
    const layersMoved = job.steps.filter(({ phase }) => phase === 'done').length
    return { wallMillis, clientCpuMillis: cpuMillis, layersMoved }
  } finally {
    close()
    await client.stop()
  }
}
