import { randomUUID } from 'node:crypto'
import { expect, onTestFinished } from 'vitest'
import type { Api } from '../../preload/contract'
import type { Engine as EngineState } from '../../preload/contract/engines'
import {
  engineCli,
  makeLayeredImage,
  startFaultProxy,
  type BedFacts,
  type EngineFacts,
} from '../bed'
import { engineOf, itemsOf, openClient } from '../client'
import { maker, newName } from '../e2e/things'
import { endOf } from '../images'
import { openLog } from '../logs'
import { openTerminal } from '../terminal'
import { absurditiesOf } from './absurdities'
import { watchLists } from './liveLists'
import { expectRightAgain } from './rightAgain'
import { WAIT, watchStats } from './watching'

/** Lines with numbers that go on where they were when the container is started again. */
const NUMBERS =
  'n=$(cat /n 2>/dev/null || echo 0); while :; do n=$((n+1)); echo $n > /n; echo "line $n"; sleep 0.05; done'

/**
 * A person at work on an engine: all lists, the charts, a followed log, a terminal and a job under way, each on
 * a stream that is opened once.
 *
 * @param socket where the app reaches it
 */
export async function openScene(engine: EngineFacts, bed: BedFacts, socket = engine.socket) {
  const client = await openClient({ engine: socket })
  const { api } = client
  const { id: engineId } = await client.engine()
  const lists = watchLists(api, engineId)
  const stats = watchStats(api, engineId)
  const { cli, run, idOf } = maker(engine, bed.busybox)
  const id = await idOf(await run(['--restart', 'always'], ['sh', '-c', NUMBERS]))
  const [volume, network] = [newName('volume'), newName('network')]
  onTestFinished(async () => {
    await cli(['network', 'rm', network])
    await cli(['volume', 'rm', '--force', volume])
  })
  await cli(['volume', 'create', volume])
  await cli(['network', 'create', network])
  const listed = ({ id: one, state }: { id: string; state: string }) =>
    one === id && state === 'running'
  await itemsOf(api.containers.watch({ engineId }), (all) => all.some(listed))
  const log = await openLog(api, { engineId, ids: [id] })
  const terminal = await openTerminal(api, engineId, id, { kind: 'exec' })
  await terminal.type('echo here-$((1 + 1))\r')
  await terminal.until('here-2')
  await stats.known([id])
  await log.until(({ end }) => end > 5)

  const reach = (state: EngineState['state']) => client.engine((one) => one.state === state)
  return {
    client,
    api,
    engineId,
    cli,
    containerId: id,
    lists,
    terminal,
    log,
    reach,
    /** What all four kinds must come to; `since`: when the engine was back. */
    rightAgain: async (name: string, since: number): Promise<void> => {
      await expectRightAgain(engine, lists, { name, since, connectedAt: () => connectedAt(api) })
      // The charts go on, with a gap where nothing was measured and nowhere a spike.
      await stats.known([id], 'cpuPercent', stats.ticks.length)
      expect(absurditiesOf(stats.ticks)).toEqual([])
      // The log goes on, and every line is there once.
      const { end } = log.state()
      await log.until((state) => state.sources[0] === 'following' && state.end > end + 5)
      const shown = log.lines.map(({ text }) => text)
      const all = (await cli(['logs', id])).split('\n')
      expect(all.slice(0, shown.length)).toEqual(shown)
      // What happens from now on comes by itself.
      const later = newName('later')
      await cli(['volume', 'create', later])
      await expect.poll(() => lists.now().volumes, WAIT).toContain(later)
      await cli(['volume', 'rm', later])
      await expect.poll(() => lists.now().volumes, WAIT).not.toContain(later)
    },
    /** Begins to pull an image that comes slowly. */
    slowPull: async () => {
      const proxy = await startFaultProxy(bed.registries.open.host)
      onTestFinished(() => proxy.stop())
      const repository = `slow-${randomUUID().slice(0, 8)}`
      const [source, reference] = [bed.registries.open.host, proxy.host].map(
        (host) => `${host}/${repository}:1`,
      ) as [string, string]
      await makeLayeredImage(engine, source, 2, 1024 * 1024)
      await cli(['push', source])
      await cli(['rmi', source])
      proxy.fault({
        kind: 'slow',
        of: 'answer',
        path: /blobs/,
        bytesPerSecond: 150_000,
        times: Infinity,
      })
      const { jobId } = await api.images.pull({ engineId, reference })
      onTestFinished(async () => {
        await engineCli(engine)(['rmi', '--force', reference]).catch(() => undefined)
      })
      await expect.poll(() => proxy.bytesOf(/blobs/).answerBytes, WAIT).toBeGreaterThan(100_000)
      const imageIsThere = async () =>
        (await cli(['images', '--format', '{{.Repository}}'])).includes(repository)
      return { jobId, ended: () => endOf(client, jobId), imageIsThere }
    },
  }
}

/** Since when the app says that it is connected; 0 where it does not. */
export async function connectedAt(api: Api): Promise<number> {
  const { state, stateSince } = await engineOf(api, () => true)
  return state === 'connected' ? stateSince : 0
}
