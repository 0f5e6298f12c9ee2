import { describe, expect, inject, onTestFinished, test } from 'vitest'
import {
  engineCli,
  makeBusyboxImage,
  startDocker,
  startPodman,
  type Engine,
  type EngineFacts,
} from '../bed'
import { openClient } from '../client'
import { maker } from '../e2e/things'
import { openLog, type OpenLog } from '../logs'
import { startEngineProxy } from './engineProxy'

const bed = inject('bed')
const WAIT = { timeout: 40_000 }
const busybox = 'localhost/longshore-test/busybox:1'
const starters = { docker: startDocker, podman: startPodman }

/** Numbers, so many ten times a second. */
const numbers = (burst: number) =>
  `i=0; while :; do seq $((i*${burst}+1)) $(((i+1)*${burst})); i=$((i+1)); sleep 0.1; done`

/** The numbers that a log shows must be all there are, each once. */
function expectWhole({ lines }: OpenLog): void {
  const shown = lines.map(({ text }) => Number(text))
  const [first = 0] = shown
  const wrong = shown.findIndex((number, index) => number !== first + index)
  expect(wrong === -1 ? [] : shown.slice(Math.max(0, wrong - 2), wrong + 3)).toEqual([])
}

async function openOn(engine: Pick<EngineFacts, 'socket'>) {
  const client = await openClient({ engine: engine.socket })
  const { id: engineId } = await client.engine()
  return { client, api: client.api, engineId }
}

describe.each(bed.engines)('logs on $kind', (engine) => {
  const { cli, run, idOf } = maker(engine, bed.busybox)
  // Podman 4.3 itself hands on some thousand lines a second.
  const [burst, cutBytes] = engine.kind === 'docker' ? [400, 300_000] : [20, 30_000]

  test('a followed log whose stream breaks off goes on, with no line twice and none lost', async () => {
    const proxy = await startEngineProxy(engine, bed.folder)
    const { api, engineId } = await openOn(proxy)
    const id = await idOf(await run([], ['sh', '-c', numbers(burst)]))
    // The last lines come whole; then the following breaks off three times, each time somewhere.
    proxy.cutLogs(/follow=true/, cutBytes + 1, cutBytes + 2, cutBytes + 3)
    const log = await openLog(api, { engineId, ids: [id], tail: 100 })
    await expect.poll(() => proxy.cuts(), WAIT).toBe(3)
    const { end } = log.state()
    await log.until((state) => state.end > end + 10 * burst)
    expectWhole(log)
    expect(log.lines.filter(({ resumed }) => resumed)).toHaveLength(3)
  })

  test('a log that breaks off while it is opened is told in words, and opens the next time', async () => {
    const proxy = await startEngineProxy(engine, bed.folder)
    // Of an engine on this machine Podman's last lines are read from their file.
    const { api, engineId } = await openOn({ socket: proxy.address })
    const id = await idOf(await run([], ['sh', '-c', numbers(burst)]))
    await expect.poll(async () => (await cli(['logs', id])).length, WAIT).toBeGreaterThan(2_000)
    proxy.cutLogs(/follow=false/, 3_000)
    await expect(openLog(api, { engineId, ids: [id] })).rejects.toMatchObject({
      message: expect.stringMatching(/cut off|does not answer|engine/i) as string,
    })
    expectWhole(await openLog(api, { engineId, ids: [id] }))
  })

  test('an earlier part that breaks off is told in words, and can be read again', async () => {
    const proxy = await startEngineProxy(engine, bed.folder)
    const { api, engineId } = await openOn(proxy)
    const id = await idOf(await run([], ['sh', '-c', 'seq 1 10000; sleep 1000']))
    await expect.poll(() => cli(['logs', '--tail', '1', id]), WAIT).toBe('10000')
    const log = await openLog(api, { engineId, ids: [id], tail: 10 })
    const { logId } = log
    proxy.cutLogs(/follow=false&tail=all/, 100_000)
    await api.logs.readEarlier({ logId })
    const { earlier, first } = await log.until((state) => state.earlier.state === 'failed')
    expect(earlier).toMatchObject({ message: expect.stringMatching(/\w+ \w+/) as string })
    expect(first).toBe(0)
    await api.logs.readEarlier({ logId })
    await log.until((state) => state.earlier.state === 'read')
    const all = await log.read(-9_990, 10)
    expect(all.map(({ text }) => Number(text))).toEqual(
      Array.from({ length: 10_000 }, (_, at) => at + 1),
    )
  })

  test('the container vanishes: what was read stays, and nothing fails', async () => {
    const { api, engineId } = await openOn(engine)
    const name = await run([], ['sh', '-c', 'seq 1 5000; sleep 1000'])
    const id = await idOf(name)
    await expect.poll(() => cli(['logs', '--tail', '1', id]), WAIT).toBe('5000')
    const log = await openLog(api, { engineId, ids: [id], tail: 100 })
    await cli(['rm', '--force', name])
    await log.until(({ sources }) => sources[0] === 'gone')
    await api.logs.readEarlier({ logId: log.logId })
    const { earlier } = await log.until((state) => state.earlier.state === 'failed')
    expect(earlier).toMatchObject({
      message: expect.stringMatching(/not there any more/) as string,
    })
    expect((await log.read(0, 100)).at(-1)?.text).toBe('5000')
  })

  test('a page that takes nothing is sent no more lines, and finds all of them later', async () => {
    const { api, engineId } = await openOn(engine)
    const script = `while [ ! -e /go ]; do sleep 0.1; done
      for i in 0 1 2 3 4 5 6 7; do seq $((i*1000+1)) $(((i+1)*1000)); sleep 0.3; done; sleep 1000`
    const id = await idOf(await run([], ['sh', '-c', script]))
    const leaving = new AbortController()
    onTestFinished(() => leaving.abort())
    const stream = await api.logs.open({ engineId, ids: [id] }, { signal: leaving.signal })
    let [logId, sent, end] = ['', 0, 0]
    while (end < 8_000) {
      const next = await stream.next()
      if (next.done) throw new Error('The stream ended.')
      ;({ end } = next.value.state)
      if (next.value.kind === 'changed') sent += next.value.newest ? 1 : 0
      else {
        ;({ logId } = next.value)
        await cli(['exec', id, 'touch', '/go'])
      }
    }
    expect(sent).toBeLessThanOrEqual(4)
    for (const from of [0, 2_000, 4_000, 6_000]) {
      const { lines } = await api.logs.lines({ logId, from, count: 2_000 })
      expect([lines[0]?.text, lines.at(-1)?.text]).toEqual([String(from + 1), String(from + 2_000)])
    }
  })
})

test.each(['docker', 'podman'] as const)(
  '%s is killed, started again and frozen: a followed log goes on, with no line twice and none lost',
  async (kind) => {
    const engine: Engine = await starters[kind](bed.folder)
    onTestFinished(() => engine.stop())
    await makeBusyboxImage(engine, busybox)
    const { client, api, engineId } = await openOn(engine)
    const reach = (wanted: string) => client.engine(({ state }) => state === wanted)
    const cli = engineCli(engine)
    const script = 'n=0; while :; do n=$((n+1)); echo "line $n"; sleep 0.05; done'
    const id = await cli(['run', '--detach', busybox, 'sh', '-c', script])
    const log = await openLog(api, { engineId, ids: [id] })
    await log.until(({ end }) => end > 10)
    await engine.kill()
    await reach('reconnecting')
    await log.until(({ sources }) => sources[0] === 'reconnecting')
    await engine.start()
    await reach('connected')
    // Docker's containers end with a daemon that is killed; Podman's go on.
    await cli(['start', id])
    const { end } = log.state()
    await log.until((state) => state.sources[0] === 'following' && state.end > end + 10)
    // Half open: the engine takes connections and says nothing.
    await engine.freeze()
    await reach('stale')
    engine.thaw()
    await reach('connected')
    const { end: thawed } = log.state()
    await log.until((state) => state.end > thawed + 10)
    const shown = log.lines.map(({ text }) => text)
    const all = await cli(['logs', id])
    expect(all.split('\n').slice(0, shown.length)).toEqual(shown)
    expect(log.lines.filter(({ resumed }) => resumed)).toHaveLength(1)
  },
)
