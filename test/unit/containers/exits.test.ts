import { describe, expect, test } from 'vitest'
import { Ends } from '../../../main/containers/exits/ends'
import { RestartLoops, type Watched } from '../../../main/containers/exits/restartLoops'
import { explainExit } from '../../../preload/contract/exits'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

describe('an exit code', () => {
  const plain = { oomKilled: false }

  test.each([
    [0, 'ok'],
    [1, 'error'],
    [2, 'misuse'],
    [125, 'engine'],
    [126, 'notExecutable'],
    [127, 'notFound'],
    [128, 'error'],
    [130, 'interrupted'],
    [134, 'aborted'],
    [137, 'killed'],
    [139, 'crashed'],
    [141, 'brokenPipe'],
    [143, 'terminated'],
    [192, 'signal'],
    [193, 'error'],
    [255, 'outOfRange'],
  ])('%d is explained as "%s"', (exitCode, kind) => {
    expect(explainExit({ ...plain, exitCode }).kind).toBe(kind)
  })

  test('137 is explained by what else is known of it', () => {
    const killed = { exitCode: 137, oomKilled: false }
    const near = { limitBytes: 100, highestBytes: 95 }
    const far = { limitBytes: 100, highestBytes: 50 }
    expect(explainExit({ exitCode: 137, oomKilled: true }).kind).toBe('outOfMemory')
    expect(explainExit({ ...killed, memory: near }).kind).toBe('perhapsOutOfMemory')
    expect(explainExit({ ...killed, memory: far }).kind).toBe('killed')
    expect(explainExit({ ...killed, memory: near, asked: true }).kind).toBe('killedOnRequest')
  })

  test('names its signal, and no signal where it is none', () => {
    expect(explainExit({ ...plain, exitCode: 159 })).toEqual({ kind: 'signal', signal: 31 })
    expect(explainExit({ ...plain, exitCode: 143 }).signal).toBe(15)
    expect(explainExit({ ...plain, exitCode: 255 }).signal).toBe(0)
  })
})

describe('ends told by events', () => {
  const event = (action: string, exitCode: number | null = null) =>
    ({ type: 'container', action, id: 'a', exitCode, containerId: null }) as const

  test('keep the code of one that was started again, and why it ended', () => {
    const ends = new Ends()
    ends.event(event('kill'))
    ends.event(event('die', 143))
    ends.event(event('start'))
    expect(ends.of('a')).toEqual({ exitCode: 143, asked: true, outOfMemory: false })
    ends.event(event('oom'))
    ends.event(event('die', 137))
    expect(ends.of('a')).toEqual({ exitCode: 137, asked: false, outOfMemory: true })
  })

  test('were asked for where only a stop is told after them', () => {
    const ends = new Ends()
    ends.event(event('die', 0))
    ends.event(event('stop'))
    expect(ends.of('a').asked).toBe(true)
  })

  test('were asked for where a stop is told just before them, and the next one was not', () => {
    const ends = new Ends()
    ends.event(event('stop'))
    ends.event(event('die', 3))
    expect(ends.of('a')).toMatchObject({ exitCode: 3, asked: true })
    ends.event(event('start'))
    ends.event(event('die', 3))
    expect(ends.of('a').asked).toBe(false)
  })

  test('are forgotten when their container is in no list', () => {
    const ends = new Ends()
    ends.event(event('die', 1))
    ends.keepOnly(new Set())
    expect(ends.of('a').exitCode).toBeNull()
  })
})

describe('a restart loop', () => {
  const always = { policy: 'always', maximumRetries: 0 }
  const none = { exitCode: 3, asked: false }
  const running = (startedAt: number, more: Partial<Watched> = {}): Watched => ({
    id: 'a',
    state: 'running',
    createdAt: 0,
    startedAt,
    finishedAt: null,
    exitCode: null,
    ...more,
  })

  test('is spotted at the third restart, and over when it runs on', () => {
    const loops = new RestartLoops()
    const look = (count: number, now: number) =>
      loops.look(running(now, { createdAt: -DAY }), { ...always, count }, none, now)
    for (const count of [0, 1, 2]) expect(look(count, count * 1_000).loop).toBeNull()
    const third = look(3, 3_000)
    expect(third).toEqual({
      loop: { restarts: 3, lastExitCode: 3, gaveUp: false },
      againAt: 3_000 + 2 * MINUTE,
    })
    const calm = loops.look(running(3_000), { ...always, count: 3 }, none, 3_000 + 2 * MINUTE)
    expect(calm).toEqual({ loop: null, againAt: null })
  })

  test('is none where a container is restarted once in a while', () => {
    const loops = new RestartLoops()
    for (let count = 0; count < 20; count++) {
      const now = count * 10 * MINUTE
      const { loop } = loops.look(running(now), { ...always, count }, none, now)
      expect(loop).toBeNull()
    }
  })

  test('is spotted in one that was looping before Longshore came', () => {
    const restarts = { ...always, count: 50 }
    const soon = new RestartLoops().look(running(30 * MINUTE), restarts, none, 30 * MINUTE)
    expect(soon.loop).toMatchObject({ restarts: 50 })
    const waiting = running(0, { state: 'restarting' })
    expect(new RestartLoops().look(waiting, restarts, none, DAY).loop).not.toBeNull()
    expect(new RestartLoops().look(running(DAY), restarts, none, DAY).loop).toBeNull()
  })

  test('goes on between an end and the start that follows it, and ends with a stop', () => {
    const loops = new RestartLoops()
    const restarts = { ...always, count: 5 }
    const down = running(990, { state: 'exited', finishedAt: 1_000, exitCode: 3 })
    expect(loops.look(down, restarts, none, 1_500)).toMatchObject({
      loop: { lastExitCode: 3 },
      againAt: 11_000,
    })
    expect(loops.look(down, restarts, none, 11_000).loop).toBeNull()
    expect(loops.look(down, restarts, { exitCode: 143, asked: true }, 1_500).loop).toBeNull()
  })

  test('is forgotten when its container is in no list', () => {
    const loops = new RestartLoops()
    const look = (count: number) =>
      loops.look(running(count, { createdAt: -DAY }), { ...always, count }, none, count).loop
    look(0)
    expect(look(3)).not.toBeNull()
    loops.keepOnly(new Set(['a']))
    expect(look(3)).not.toBeNull()
    loops.keepOnly(new Set())
    expect(look(3)).toBeNull()
  })

  test('that the engine gave up is told so', () => {
    const exited = running(0, { state: 'exited', finishedAt: 0, exitCode: 1 })
    const restarts = { policy: 'on-failure', maximumRetries: 2, count: 2 }
    const { loop } = new RestartLoops().look(exited, restarts, { ...none, exitCode: null }, DAY)
    expect(loop).toEqual({ restarts: 2, lastExitCode: 1, gaveUp: true })
  })
})
