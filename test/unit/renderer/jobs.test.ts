import { describe, expect, it } from 'vitest'
import { jobProgress, overallProgress } from '../../../renderer/jobs/progress'

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
})
