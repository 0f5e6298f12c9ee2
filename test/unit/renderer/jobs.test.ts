import { describe, expect, it } from 'vitest'
import { averageBytesPerSecond, engineIdOf, jobMillis } from '../../../renderer/jobs/figures'
import { filterJobs, filterName, toFilter } from '../../../renderer/jobs/filter'
import {
  isStepDone,
  jobProgress,
  overallProgress,
  stepPhase,
  stepProgress,
} from '../../../renderer/jobs/progress'
import { job } from './fixtures'

const running = (currentBytes: number, totalBytes: number | null) => ({
  state: 'running' as const,
  currentBytes,
  totalBytes,
})

describe('progress', () => {
  it('of a job is the share of its bytes, unknown until it knows how many there are', () => {
    expect(jobProgress(running(25, 100))).toBe(0.25)
    expect(jobProgress(running(25, null))).toBeNull()
    expect(jobProgress(running(0, 0))).toBeNull()
    expect(jobProgress(running(120, 100))).toBe(1)
    expect(jobProgress({ ...running(3, null), state: 'succeeded' })).toBe(1)
  })

  it('of several jobs counts their bytes together', () => {
    expect(overallProgress([running(50, 100), running(0, 100)])).toBe(0.25)
    expect(overallProgress([running(50, 100), running(0, null)])).toBeNull()
    expect(overallProgress([])).toBeNull()
  })

  it('of a layer: one that has come in full is downloaded, and is not done before it is unpacked', () => {
    const layer = { phase: 'downloading' as const, currentBytes: 5, totalBytes: 10 }
    expect([stepProgress(layer), stepPhase(layer)]).toEqual([0.5, 'downloading'])
    const complete = { ...layer, currentBytes: 10 }
    expect([stepPhase(complete), isStepDone(complete)]).toEqual(['downloaded', false])
    const sizeless = { ...layer, totalBytes: null }
    expect([stepProgress(sizeless), stepPhase(sizeless)]).toEqual([null, 'downloading'])
    expect(stepProgress({ ...sizeless, phase: 'waiting' })).toBe(0)
    expect(stepProgress({ ...sizeless, phase: 'exists' })).toBe(1)
  })
})

describe('figures', () => {
  it('of an ended job: its time, and what it moved in a second on the average', () => {
    const ended = { startedAt: 1_000, endedAt: 5_000, currentBytes: 8_000 }
    expect(jobMillis(ended, 9_000)).toBe(4_000)
    expect(averageBytesPerSecond(ended)).toBe(2_000)
    expect(averageBytesPerSecond({ ...ended, currentBytes: 0 })).toBeNull()
    expect(averageBytesPerSecond({ ...ended, endedAt: 1_000 })).toBeNull()
  })

  it('of a running job: the time until now, and no average', () => {
    const running = { startedAt: 1_000, endedAt: null, currentBytes: 8_000 }
    expect(jobMillis(running, 9_000)).toBe(8_000)
    expect(jobMillis(running, 0)).toBe(0)
    expect(averageBytesPerSecond(running)).toBeNull()
  })

  it('tell no engine of a copy from registry to registry', () => {
    expect(engineIdOf(job())).toBe('e1')
    expect(engineIdOf(job({ request: { kind: 'copy', from: 'a', to: 'b' } }))).toBeNull()
  })
})

describe('a filter', () => {
  it('is remembered by its name, and what is not known (any more) filters nothing', () => {
    const filter = { state: 'failed' as const, kind: 'pull' as const }
    expect(toFilter(filterName(filter))).toEqual(filter)
    for (const name of [null, '', 'happy/teleport', 'all/toString']) {
      expect(toFilter(name)).toEqual({ state: 'all', kind: 'all' })
    }
  })

  it('shows jobs in which every searched word occurs, in what they are called as well', () => {
    const jobs = [job({ id: 'a', subject: 'nginx:1' }), job({ id: 'b', subject: 'redis:7' })]
    const found = (search: string) =>
      filterJobs(jobs, { state: 'all', kind: 'all' }, search, () => 'Pull harbour').map(
        ({ id }) => id,
      )
    expect(found('')).toEqual(['a', 'b'])
    expect(found(' HARBOUR nginx ')).toEqual(['a'])
    expect(found('nginx redis')).toEqual([])
  })
})
