import { randomUUID } from 'node:crypto'
import { linkSync, renameSync, symlinkSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import { makeBusyboxImage, startDocker, startPodman, type Engine } from '../bed'
import { openClient } from '../client'
import { maker } from '../e2e/things'
import { openLog } from '../logs'
import { absurditiesOf } from './absurdities'
import { watchLists } from './liveLists'
import { answersAgain, expectRightAgain, truthOf } from './rightAgain'
import { connectedAt, openScene } from './scene'
import { WAIT, watchStats } from './watching'

const bed = inject('bed')
const starters = { docker: startDocker, podman: startPodman }

describe.each(['docker', 'podman'] as const)('all is right again without a reload: %s', (kind) => {
  /** An engine of these tests' own, which may be ill-treated. */
  let engine: Engine

  beforeAll(async () => {
    engine = await starters[kind](bed.folder)
    await makeBusyboxImage(engine, bed.busybox)
  })
  afterAll(() => engine.stop())

  test('killed and started again', async () => {
    const { reach, rightAgain, slowPull, terminal } = await openScene(engine, bed)
    const pull = await slowPull()
    await engine.kill()
    await reach('reconnecting')
    // A job that the engine did not finish is not done, and says why; a terminal ends calmly.
    expect(await pull.ended()).toMatchObject({
      state: 'failed',
      problem: { code: expect.stringMatching(/engine/) as string },
    })
    expect(await terminal.ended()).toMatchObject({ problem: { code: 'engine-unreachable' } })
    const back = answersAgain(engine)
    await engine.start()
    await rightAgain('killed and started again', await back)
    expect(await pull.imageIsThere()).toBe(false)
  })

  test('stopped by SIGTERM and started again', async () => {
    const { reach, rightAgain } = await openScene(engine, bed)
    const restarted = engine.restart()
    await reach('reconnecting')
    const back = answersAgain(engine)
    await restarted
    await rightAgain('restarted', await back)
  })

  test('frozen and thawed', async () => {
    const { reach, rightAgain, slowPull, terminal } = await openScene(engine, bed)
    const pull = await slowPull()
    await engine.freeze()
    await reach('stale')
    await terminal.type('echo thawed-$((1 + 1))\r')
    engine.thaw()
    await rightAgain('frozen and thawed', await answersAgain(engine))
    // The job was under way all the time: it is done when it is really done.
    await terminal.until('thawed-2')
    expect(await pull.ended()).toMatchObject({ state: 'succeeded', problem: null })
    expect(await pull.imageIsThere()).toBe(true)
  })
})

/** The path that the app knows leads to one engine, and then to another one, while the first lives on. */
const replacements = {
  'another socket at its path': (path: string, to: string) => {
    unlinkSync(path)
    linkSync(to, path)
  },
  'a link that leads to another socket': (path: string, to: string) => {
    symlinkSync(to, `${path}.new`)
    renameSync(`${path}.new`, path)
  },
}

describe.each([
  { from: bed.docker, to: bed.podman, name: 'docker by podman' },
  { from: bed.podman, to: bed.docker, name: 'podman by docker' },
])('replaced: $name', ({ from, to }) => {
  test.each(Object.keys(replacements) as (keyof typeof replacements)[])('%s', async (way) => {
    const path = join(bed.folder, `place-${randomUUID().slice(0, 8)}.sock`)
    if (way.includes('link')) symlinkSync(from.socket, path)
    else linkSync(from.socket, path)
    onTestFinished(() => unlinkSync(path))
    const client = await openClient({ engine: path })
    const { api } = client
    const { id: engineId, kind } = await client.engine()
    expect(kind).toBe(from.kind)
    const lists = watchLists(api, engineId)
    const stats = watchStats(api, engineId)
    const { run, idOf } = maker(from, bed.busybox)
    const old = await idOf(await run([], ['sh', '-c', 'seq 1 100; sleep 1000']))
    await expect.poll(() => lists.now().containers, WAIT).toContain(`${old} runs`)
    const log = await openLog(api, { engineId, ids: [old] })
    await stats.known([old])

    replacements[way](path, to.socket)
    await expectRightAgain(to, lists, {
      ...{ name: `replaced, ${way}`, since: Date.now() },
      connectedAt: () => connectedAt(api),
    })
    // Nothing of the former engine stays, though it runs on.
    expect((await truthOf(from)).containers).toContain(`${old} runs`)
    expect(await client.engine()).toMatchObject({ kind: to.kind })
    await log.until(({ sources }) => sources[0] === 'gone')
    const charted = () => stats.ticks.at(-1)?.containers.map(({ id }) => id)
    await expect.poll(charted, WAIT).not.toContain(old)
    expect(absurditiesOf(stats.ticks)).toEqual([])
    // And the new one is lived with.
    const things = maker(to, bed.busybox)
    const young = await things.idOf(await things.run())
    await expect.poll(() => lists.now().containers, WAIT).toContain(`${young} runs`)
    await stats.known([young])
  })
})
