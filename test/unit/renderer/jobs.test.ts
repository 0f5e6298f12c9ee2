import { describe, expect, it } from 'vitest'
import {
  isStepDone,
  jobProgress,
  overallProgress,
  stepPhase,
  stepProgress,
} from '../../../renderer/jobs/progress'

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
