import type { JobKind } from '../../preload/contract/jobRequest'
import type { Job } from '../../preload/contract/jobs'
import { isJobKind } from './looks'

export const stateFilters = ['all', 'running', 'succeeded', 'failed', 'cancelled'] as const
export type StateFilter = (typeof stateFilters)[number]
export type KindFilter = JobKind | 'all'

export interface JobFilter {
  state: StateFilter
  kind: KindFilter
}

/** A filter as it is remembered: `failed/pull`. */
export function filterName({ state, kind }: JobFilter): string {
  return `${state}/${kind}`
}

/** A remembered filter; `all` for every part of it that is not known (any more). */
export function toFilter(name: string | null): JobFilter {
  const [state, kind = ''] = name?.split('/') ?? []
  return {
    state: stateFilters.find((each) => each === state) ?? 'all',
    kind: isJobKind(kind) ? kind : 'all',
  }
}

/**
 * The jobs that a filter shows and in which every searched word occurs.
 *
 * @param wordsOf What is shown of a job beside its own words: its kind, its engine.
 */
export function filterJobs(
  jobs: readonly Job[],
  { state, kind }: JobFilter,
  search: string,
  wordsOf: (job: Job) => string,
): Job[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = (job: Job) => {
    if (wanted.length === 0) return true
    const { subject, problem, digest } = job
    const text = [subject, problem?.message, digest, wordsOf(job)].join(' ').toLowerCase()
    return wanted.every((word) => text.includes(word))
  }
  return jobs.filter(
    (job) =>
      (state === 'all' || job.state === state) &&
      (kind === 'all' || job.request.kind === kind) &&
      found(job),
  )
}
