import { expect, test, vi } from 'vitest'
import { EngineApiSource } from '../../../main/stats/engineApiSource'
import { figuresOf } from './figures'
import { ManualClock } from './manualClock'

interface Question {
  id: string
  signal: AbortSignal
  answer(usageSeconds: number, readSeconds: number): Promise<void>
  fail(): Promise<void>
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

/** A source whose requests the test answers itself. */
function createSource(options: { concurrency?: number } = {}) {
  const clock = new ManualClock()
  const questions: Question[] = []
  const source = new EngineApiSource({
    fetchStats: (id, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')))
        questions.push({
          id,
          signal,
          answer(usageSeconds, readSeconds) {
            resolve(rawAnswer(usageSeconds, readSeconds))
            return settled()
          },
          fail() {
            reject(new Error('no such container'))
            return settled()
          },
        })
      }),
    clock,
    machineMemoryBytes: 16e9,
    ...options,
  })
  return {
    clock,
    questions,
    source,
    follow: (id: string) =>
      source.follow({ id, pid: null, cpuLimitCores: 0.5, memoryLimitBytes: 64e6 }),
    /** What it tells now. */
    figures: (id: string) => {
      const sample = source.sample(id)
      return sample && figuresOf(sample.values)
    },
    /** Takes the oldest question that nobody has answered. */
    next: () => {
      const question = questions.shift()
      if (!question) throw new Error('Nothing was asked.')
      return question
    },
  }
}

function rawAnswer(usageSeconds: number, readSeconds: number) {
  return {
    read: new Date(Date.UTC(2026, 0, 1) + readSeconds * 1_000).toISOString(),
    cpu_stats: { cpu_usage: { total_usage: usageSeconds * 1e9 } },
    memory_stats: { usage: 2_000_000, stats: { inactive_file: 500_000 } },
  }
}

test('two answers make a rate, over the time between the readings they tell', async () => {
  const { clock, source, follow, next, figures } = createSource()
  follow('a')
  source.tickDone(1_000)
  await next().answer(10, 0)
  expect(figures('a')).toMatchObject({
    cpuPercent: null,
    memoryBytes: 1_500_000,
    cpuLimitPercent: 50,
    memoryLimitBytes: 64e6,
  })
  clock.advance(1_000)
  source.tickDone(1_000)
  await next().answer(10.6, 1.2)
  expect(figures('a')?.cpuPercent).toBeCloseTo(50)
})

test('each container has one request under way at most', () => {
  const { clock, source, questions, follow } = createSource()
  follow('a')
  for (let tick = 0; tick < 5; tick++) {
    source.tickDone(1_000)
    clock.advance(1_000)
  }
  expect(questions).toHaveLength(1)
})

test('a request that took the whole period is followed by the next at once', async () => {
  const { clock, source, questions, follow, next } = createSource()
  follow('a')
  source.tickDone(1_000)
  clock.advance(1_002)
  await next().answer(0, 0)
  expect(questions).toHaveLength(1)
})

test('a quick one waits for the next tick', async () => {
  const { source, questions, follow, next } = createSource()
  follow('a')
  source.tickDone(1_000)
  await next().answer(0, 0)
  expect(questions).toHaveLength(0)
})

test('no more are under way than allowed, and all get their turn', async () => {
  const { source, questions, follow, next } = createSource({ concurrency: 2 })
  for (const id of ['a', 'b', 'c', 'd', 'e']) follow(id)
  source.tickDone(1_000)
  const asked: string[] = []
  while (questions.length > 0) {
    expect(questions.length).toBeLessThanOrEqual(2)
    const question = next()
    asked.push(question.id)
    await question.answer(0, 0)
  }
  expect(asked).toEqual(['a', 'b', 'c', 'd', 'e'])
})

test('figures stay for three seconds without an answer, then there is a gap', async () => {
  const { clock, source, follow, next, figures } = createSource()
  follow('a')
  source.tickDone(1_000)
  await next().answer(0, 0)
  clock.advance(3_000)
  expect(figures('a')?.memoryBytes).toBe(1_500_000)
  clock.advance(1)
  expect(figures('a')?.memoryBytes).toBeNull()
  source.tickDone(1_000)
  await next().answer(1_000, 3)
  expect(figures('a')).toMatchObject({ cpuPercent: null, memoryBytes: 1_500_000 })
})

test('a slow engine is followed at its own rhythm', async () => {
  const { clock, source, follow, next, figures } = createSource()
  follow('a')
  for (const round of [0, 1, 2]) {
    source.tickDone(1_000)
    clock.advance(5_000)
    await next().answer(round, round * 5)
  }
  expect(figures('a')?.cpuPercent).toBeCloseTo(20)
  clock.advance(9_000)
  expect(figures('a')?.cpuPercent).toBeCloseTo(20)
})

test('the same reading told twice is no news', async () => {
  const { source, follow, next, figures } = createSource()
  follow('a')
  for (const [usageSeconds, readSeconds] of [
    [0, 0],
    [0.5, 1],
    [0.5, 1],
  ] as const) {
    source.tickDone(1_000)
    await next().answer(usageSeconds, readSeconds)
  }
  expect(figures('a')?.cpuPercent).toBeCloseTo(50)
})

test('a restarted container leaves a gap', async () => {
  const { source, follow, next, figures } = createSource()
  follow('a')
  source.tickDone(1_000)
  await next().answer(100, 0)
  source.tickDone(1_000)
  await next().answer(0.1, 1)
  expect(figures('a')?.cpuPercent).toBeNull()
})

test('a failed request is asked again at the next tick, not at once', async () => {
  const { clock, source, questions, follow, next, figures } = createSource()
  follow('a')
  source.tickDone(1_000)
  await next().fail()
  expect(questions).toHaveLength(0)
  expect(figures('a')).toMatchObject({ cpuPercent: null, memoryBytes: null })
  clock.advance(1_000)
  source.tickDone(1_000)
  expect(questions).toHaveLength(1)
})

test('a request that gets no answer is given up', async () => {
  const { clock, source, questions, follow, next } = createSource()
  follow('a')
  source.tickDone(1_000)
  const { signal } = next()
  clock.advance(10_000)
  source.tickDone(1_000)
  expect(signal.aborted).toBe(true)
  await vi.waitFor(() => {
    source.tickDone(1_000)
    expect(questions).toHaveLength(1)
  })
})

test('a container that goes away takes its request with it', async () => {
  const { source, questions, follow, next } = createSource()
  follow('a')
  source.tickDone(1_000)
  const { signal } = next()
  source.unfollow('a')
  await settled()
  source.tickDone(1_000)
  expect(signal.aborted).toBe(true)
  expect(questions).toHaveLength(0)
  expect(source.sample('a')).toBeNull()
})

test('closing ends every request', () => {
  const { source, questions, follow } = createSource()
  for (const id of ['a', 'b']) follow(id)
  source.tickDone(1_000)
  source.close()
  expect(questions.map(({ signal }) => signal.aborted)).toEqual([true, true])
})
