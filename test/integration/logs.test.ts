import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { readdir, readFile, rename, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import type { LogLine } from '../../preload/contract/logs'
import { engineCli } from '../bed'
import type { Client } from '../client'
import { endOf, openOn } from '../images'
import { openLog } from '../logs'

const bed = inject('bed')
const WAIT = { timeout: 20_000 }

describe.each(bed.engines)('logs on $kind', (engine) => {
  const cli = engineCli(engine)

  /** A container that runs a script; removed after the test. */
  async function run(script: string, ...options: string[]): Promise<string> {
    const name = `logs-${randomUUID().slice(0, 8)}`
    onTestFinished(async () => {
      await cli(['rm', '--force', name])
    })
    return cli(['run', '--detach', '--name', name, ...options, bed.busybox, 'sh', '-c', script])
  }

  test('a log is read with its streams and times, then followed over a restart without repeats', async () => {
    const { api, engineId } = await openOn(engine)
    const script = 'echo "out 1"; echo "err 1" >&2; trap exit TERM; while :; do sleep 0.1; done'
    const id = await run(script)
    const log = await openLog(api, { engineId, ids: [id] })
    const texts = (stream: LogLine['stream']) =>
      log.lines.filter((line) => line.stream === stream).map(({ text }) => text)
    await expect.poll(() => texts('stdout'), WAIT).toEqual(['out 1'])
    await expect.poll(() => texts('stderr'), WAIT).toEqual(['err 1'])
    expect(log.lines[0]?.at).toMatch(/^\d{4}-\d\d-\d\dT.*\dZ$/)
    expect(log.state().sources).toEqual(['following'])
    await api.containers.restart({ engineId, ids: [id] })
    await expect.poll(() => texts('stdout'), WAIT).toEqual(['out 1', 'out 1'])
    await expect.poll(() => texts('stderr'), WAIT).toEqual(['err 1', 'err 1'])
    expect(log.lines.some(({ resumed }) => resumed)).toBe(false)
    await api.containers.remove({ engineId, ids: [id], force: true })
    await expect.poll(() => log.state().sources, WAIT).toEqual(['gone'])
    expect(texts('stdout')).toEqual(['out 1', 'out 1'])
  })

  test('what is before the last lines is read on demand: joined without a gap, from the first line on', async () => {
    const { api, engineId } = await openOn(engine)
    // Many lines share a second, and the two streams take turns.
    const script =
      'i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo "out $i"; echo "err $i" >&2; done'
    const id = await run(script)
    await cli(['wait', id])
    const log = await openLog(api, { engineId, ids: [id], tail: 150 })
    expect(log.state()).toMatchObject({ first: 0, end: 150, earlier: { state: 'unread' } })
    await api.logs.readEarlier({ logId: log.logId })
    const { first, view } = await log.until(({ earlier }) => earlier.state === 'read')
    expect([first, view]).toEqual([150 - 6_000, 1])
    const all = await log.read(first, 150)
    expect(all.map(({ number }) => number)).toEqual(range(first, 150))
    for (const stream of ['stdout', 'stderr'] as const) {
      const texts = all.filter((line) => line.stream === stream).map(({ text }) => text)
      expect(texts).toEqual(range(1, 3_001).map((at) => `${stream.slice(3)} ${at}`))
    }
  })

  test('a log that is shorter than what was asked for has nothing before it', async () => {
    const { api, engineId } = await openOn(engine)
    const id = await run('echo one; echo two')
    await cli(['wait', id])
    const log = await openLog(api, { engineId, ids: [id], follow: false })
    expect(log.lines.map(({ text }) => text)).toEqual(['one', 'two'])
    expect(log.state()).toMatchObject({ earlier: { state: 'read' }, sources: ['ended'] })
  })

  test('lines are filtered by level and stream, and a pattern is counted and walked', async () => {
    const { api, engineId } = await openOn(engine)
    const script = `i=0; while [ $i -lt 1000 ]; do i=$((i+1))
      echo "INFO: request $i"; [ $((i % 10)) = 0 ] && echo "ERROR: failed $i" >&2; done; sleep 1000`
    const id = await run(script)
    const log = await openLog(api, { engineId, ids: [id], tail: 10_000 })
    await log.until(({ end }) => end === 1_100)
    const look = { logId: log.logId, filter: null, pattern: null }
    await api.logs.look({ ...look, filter: { levels: ['error'], withoutLevel: false } })
    await log.until(({ filtered }) => filtered?.done === true)
    expect(log.state().filtered).toEqual({ first: 0, count: 100, done: true })
    const errors = await log.read(0, 100)
    expect(errors.map(({ text }) => text)).toEqual(
      range(1, 101).map((at) => `ERROR: failed ${at}0`),
    )
    await api.logs.look({
      ...look,
      filter: { streams: ['stdout'] },
      pattern: { text: '[1-3]00$', regex: true },
    })
    const { matches } = await log.until((state) => state.view === 2 && state.matches?.done === true)
    expect(matches).toEqual({ count: 3, done: true, problem: null })
    const next = (from: number, direction: 'before' | 'after' = 'after') =>
      api.logs.nextMatch({ logId: log.logId, from, direction })
    expect(await next(0)).toEqual({ place: 99, index: 0 })
    expect(await next(100)).toEqual({ place: 199, index: 1 })
    expect(await next(300)).toEqual({ place: 99, index: 0 })
    expect(await next(98, 'before')).toEqual({ place: 299, index: 2 })
    const [marked] = await log.read(99, 100)
    expect(marked).toMatchObject({ text: 'INFO: request 100', level: 'info', marks: [[14, 17]] })
  })

  test('logs of several containers are merged by time, before and after they were opened', async () => {
    const { api, engineId } = await openOn(engine)
    const turns = (name: string) =>
      run(
        `i=0; while [ $i -lt 300 ]; do i=$((i+1)); echo "${name} $i"; done; while [ ! -e /late ]; do sleep 0.1; done; echo "${name} late"; sleep 1000`,
      )
    const ids = [await turns('a'), await turns('b'), await turns('c')]
    const log = await openLog(api, { engineId, ids, tail: 50 })
    for (const id of ids) await cli(['exec', id, 'touch', '/late'])
    await expect
      .poll(() => log.lines.filter(({ text }) => text.endsWith('late')).length, WAIT)
      .toBe(3)
    await api.logs.readEarlier({ logId: log.logId })
    const { first, end } = await log.until(({ earlier }) => earlier.state === 'read')
    const all = await log.read(first, end)
    expect(all).toHaveLength(903)
    const times = all.map(({ at }) => at ?? '')
    expect(times).toEqual(times.toSorted())
    for (const [source, name] of ['a', 'b', 'c'].entries()) {
      const texts = all.filter((line) => line.source === source).map(({ text }) => text)
      expect(texts).toEqual([...range(1, 301).map((at) => `${name} ${at}`), `${name} late`])
    }
    await api.logs.look({
      logId: log.logId,
      filter: { sources: [1], matching: true },
      pattern: { text: 'late' },
    })
    await log.until(({ filtered }) => filtered?.done === true && filtered.count === 1)
  })

  test('50,000 lines a second are followed without losing one', async () => {
    const { api, engineId } = await openOn(engine)
    // Podman 4.3 itself hands on some thousand a second.
    const burst = engine.kind === 'docker' ? 50_000 : 1_000
    const script = `for i in 0 1 2 3; do seq $((i*${burst}+1)) $(((i+1)*${burst})); sleep 0.9; done; echo end; sleep 1000`
    const id = await run(script)
    const log = await openLog(api, { engineId, ids: [id], tail: 10 })
    await expect.poll(() => log.lines.at(-1)?.text, WAIT).toBe('end')
    const numbers = log.lines.slice(0, -1).map(({ text }) => Number(text))
    const [first = 0] = numbers
    expect(numbers).toEqual(range(first, 4 * burst + 1))
    expect(log.state().forgotten).toBe(0)
  })

  test('a log of a million lines is open at once, and all of it is within reach of a bounded memory', async () => {
    const { api, engineId } = await openOn(engine)
    const id = await run('seq 1 1000000')
    await cli(['wait', id])
    const log = await openLog(api, { engineId, ids: [id], tail: 1_000 })
    expect(log.state().earlier).toEqual({ state: 'unread' })
    expect(log.lines.map(({ text }) => Number(text))).toEqual(range(999_001, 1_000_001))
    // Podman 4.3 takes half a minute for the rest.
    if (engine.kind === 'podman') return
    const used = memoryUse()
    await api.logs.readEarlier({ logId: log.logId })
    await log.until(({ earlier }) => {
      used.look()
      return earlier.state === 'read'
    })
    for (const place of [-999_000, -500_000, -1]) {
      const [line] = await log.read(place, place + 1)
      expect(line).toMatchObject({ number: place, text: String(place + 999_001) })
    }
    await api.logs.look({ logId: log.logId, filter: null, pattern: { text: '77777' } })
    const { matches } = await log.until((state) => {
      used.look()
      return state.matches?.done === true
    })
    expect(matches?.count).toBe(19)
    expect(used.most()).toBeLessThan(64 * 1024 * 1024)
  })

  test.runIf(engine.kind === 'podman')(
    'last lines are the same whether they come out of the file of the engine or out of its answers',
    async () => {
      const { api, engineId } = await openOn(engine)
      // What conmon reads at once ends in the middle of a line; Podman's `tail` puts its beginning to the line before.
      const script =
        'seq 1 20000; sleep 0.3; echo err >&2; sleep 0.3; printf "\\r\\377 x  \\n\\n"; printf begun; sleep 0.3; echo err >&2'
      const id = await run(script)
      await cli(['wait', id])
      const ofFile = await openLog(api, { engineId, ids: [id], tail: 1_005 })
      const path = await cli(['inspect', '--format', '{{.LogPath}}', id])
      await rename(path, `${path}.1`)
      // The engine goes through a link, Longshore does not.
      await symlink(`${path}.1`, path)
      const ofAnswers = await openLog(api, { engineId, ids: [id], tail: 1_005 })
      expect(ofFile.lines).toHaveLength(1_005)
      expect(ofFile.lines[0]?.text).toBe('19001')
      expect(ofAnswers.lines).toEqual(ofFile.lines)
      for (const log of [ofFile, ofAnswers])
        await log.until(({ sources }) => sources[0] === 'ended')
      expect(ofFile.lines.slice(-5).map(({ text }) => text)).toEqual([
        ...['err', '\r\ufffd x  ', '', 'err', 'begun'],
      ])
      expect(ofAnswers.lines).toEqual(ofFile.lines)
    },
  )

  test('the place of a moment is found', async () => {
    const { api, engineId } = await openOn(engine)
    const id = await run('for i in 1 2 3 4; do echo $i; sleep 1.1; done')
    await cli(['wait', id])
    const log = await openLog(api, { engineId, ids: [id] })
    const { logId } = log
    const at = Date.parse(log.lines[3]?.at ?? '')
    expect(await api.logs.placeAt({ logId, moment: at - 100 })).toEqual({ place: 3 })
    expect(await api.logs.placeAt({ logId, moment: 0 })).toEqual({ place: 0 })
    expect(await api.logs.placeAt({ logId, moment: at + 60_000 })).toBeNull()
    expect(await api.logs.placeOf({ logId, number: 2 })).toEqual({ place: 2 })
  })

  test("a log is saved with the container's own bytes, and shown with those replaced that are no text", async () => {
    const { client, api, engineId } = await openOn(engine)
    // What `json-file` keeps is JSON, in which bytes that are no UTF-8 are replaced.
    const options = engine.kind === 'docker' ? ['--log-driver', 'local'] : []
    const id = await run(
      `printf 'caf\\303\\251 \\377\\376 bytes\\n'; sleep 0.3; echo err >&2`,
      ...options,
    )
    await cli(['wait', id])
    const save = saver(client, engineId, id)
    const { file, job } = await save('raw.log')
    const bytes = Buffer.concat([Buffer.from('café '), Buffer.from([0xff, 0xfe])])
    const raw = await readFile(file)
    expect(raw.toString('hex')).toBe(
      Buffer.concat([bytes, Buffer.from(' bytes\nerr\n')]).toString('hex'),
    )
    expect(job).toMatchObject({
      state: 'succeeded',
      result: { kind: 'saveLog', file, bytes: raw.length },
    })
    await expect(save('raw.log')).rejects.toMatchObject({ code: 'confirmation-needed' })
    const log = await openLog(api, { engineId, ids: [id] })
    expect(log.lines[0]?.text).toBe('café \ufffd\ufffd bytes')
  })

  test('a line that the engine cuts into pieces is whole: capped on the screen, and as it was in the file', async () => {
    const { client, api, engineId } = await openOn(engine)
    // Podman's time for it grows with the square of the length.
    const length = engine.kind === 'docker' ? 10_000_000 : 500_000
    const id = await run(`head -c ${length} /dev/zero | tr '\\0' x; echo; echo end`)
    await cli(['wait', id])
    const save = saver(client, engineId, id)
    const { file } = await save('stamped.log', { timestamps: true, overwrite: false })
    const [long = '', end = ''] = (await readFile(file, 'latin1')).split('\n')
    const stamp = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-][\d:]{5}) /
    expect([stamp.test(long), stamp.test(end)]).toEqual([true, true])
    expect(long.replace(stamp, '') === 'x'.repeat(length)).toBe(true)
    const log = await openLog(api, { engineId, ids: [id] })
    expect(log.lines.map(({ text, truncated }) => [text.length, truncated])).toEqual([
      [64 * 1024, true],
      [3, false],
    ])
  })

  test('a last line that is not over is a line of its own, opened once or while it is written', async () => {
    const { api, engineId } = await openOn(engine)
    const lines = ['a', 'quiet', 'last']
    const script = `printf 'a\\nquiet\\nla'; while [ ! -e /go ]; do sleep 0.1; done; printf 'st'`
    const id = await run(script)
    await expect.poll(() => cli(['logs', id]), WAIT).toContain('quiet')
    const followed = await openLog(api, { engineId, ids: [id] })
    expect(followed.lines.map(({ text }) => text)).toEqual(['a', 'quiet'])
    await cli(['exec', id, 'touch', '/go'])
    await cli(['wait', id])
    await followed.until(({ end }) => end === 3)
    expect(followed.lines.map(({ text }) => text)).toEqual(lines)
    const opened = await openLog(api, { engineId, ids: [id], follow: false })
    expect(opened.lines.map(({ text }) => text)).toEqual(lines)
    await api.containers.start({ engineId, ids: [id] })
    await cli(['wait', id])
    // Podman keeps the last line of before and the first one of now as one.
    await expect
      .poll(() => followed.lines.map(({ text }) => text), WAIT)
      .toEqual([...lines, ...lines])
    const last = await openLog(api, { engineId, ids: [id], follow: false, tail: 1 })
    expect(last.lines.map(({ text }) => text)).toEqual(['last'])
  })

  test('lines of 100 KB are whole on both sides of where the last lines begin', async () => {
    const { api, engineId } = await openOn(engine)
    const script = `awk 'BEGIN { s = "x"; while (length(s) < 100000) s = s s; s = substr(s, 1, 100000)
      for (i = 1; i <= 60; i++) { print i " " s; print "short " i }; printf "61 %s", s }'`
    const id = await run(script)
    await cli(['wait', id])
    const expected = range(1, 61).flatMap((at) => [String(at), `short ${at}`])
    for (const tail of [1, 8, 9]) {
      const log = await openLog(api, { engineId, ids: [id], tail })
      await log.until(({ sources }) => sources[0] !== 'following')
      await api.logs.readEarlier({ logId: log.logId })
      const { first, end } = await log.until(({ earlier }) => earlier.state === 'read')
      const all = await log.read(first, end)
      expect(all.map(({ text }) => text.replace(/ x+$/, ''))).toEqual([...expected, '61'])
      const long = all.filter(({ truncated }) => truncated)
      expect(new Set(long.map(({ text }) => text.length))).toEqual(new Set([64 * 1024]))
      expect(long).toHaveLength(61)
    }
  })

  test("a terminal's log is one raw stream", async () => {
    const { api, engineId } = await openOn(engine)
    const id = await run('echo one; echo two >&2', '--tty')
    await cli(['wait', id])
    const log = await openLog(api, { engineId, ids: [id] })
    expect(log.lines.map(({ text, stream }) => [text, stream])).toEqual([
      ['one', 'stdout'],
      ['two', 'stdout'],
    ])
  })

  test('a container that keeps no log says so', async () => {
    const { api, engineId } = await openOn(engine)
    const id = await run('echo one', '--log-driver', 'none')
    await expect(openLog(api, { engineId, ids: [id] })).rejects.toMatchObject({
      code: 'conflict',
      message: 'This container keeps no log: its log driver is "none".',
    })
  })

  test('a container that is not there is told as such', async () => {
    const { api, engineId } = await openOn(engine)
    const opened = openLog(api, { engineId, ids: ['f'.repeat(64)] })
    await expect(opened).rejects.toMatchObject({ code: 'not-found' })
  })

  test('what an open log keeps is gone when the page goes, and when the app ends', async () => {
    const { client, api, engineId } = await openOn(engine)
    const id = await run('seq 1 20000; sleep 1000')
    const folders = async () => {
      const [run = ''] = await readdir(join(client.dataFolder, 'logs'))
      return readdir(join(client.dataFolder, 'logs', run))
    }
    const log = await openLog(api, { engineId, ids: [id], tail: 10_000 })
    const { mode } = await stat(join(client.dataFolder, 'logs'))
    expect(mode & 0o777).toBe(0o700)
    await openLog(api, { engineId, ids: [id] })
    expect(await folders()).toHaveLength(2)
    await log.close()
    await expect.poll(folders, WAIT).toHaveLength(1)
    await expect(api.logs.lines({ logId: log.logId, from: 0, count: 1 })).rejects.toMatchObject({
      code: 'not-found',
    })
    await client.close()
    expect(await readdir(join(client.dataFolder, 'logs'))).toEqual([])
  })
})

/** How much more memory is in use than at first, garbage not counted. */
function memoryUse() {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const usedBytes = () => {
    collect()
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
  const before = usedBytes()
  let [most, lookedAt] = [0, 0]
  return {
    /** Once a second: collecting takes longer than the time between two messages. */
    look() {
      if (performance.now() - lookedAt < 1_000) return
      most = Math.max(most, usedBytes() - before)
      lookedAt = performance.now()
    },
    most: () => most,
  }
}

/** Saves a container's log to files in a folder that goes after the test. */
function saver(client: Client, engineId: string, containerId: string) {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-logs-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return async (name: string, how = { timestamps: false, overwrite: false }) => {
    const file = join(folder, name)
    const { jobId } = await client.api.logs.save({ engineId, containerId, file, ...how })
    return { file, job: await endOf(client, jobId) }
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index)
}
