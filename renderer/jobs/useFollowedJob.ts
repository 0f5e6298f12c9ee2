import { computed, ref, shallowRef } from 'vue'
import type { Problem } from '../../preload/contract/errors'
import { toProblem } from '../problems'
import { useJobs } from './store'

/** A job begun from a dialog, followed there. The job itself goes on when nobody follows it any more. */
export function useFollowedJob() {
  const jobs = useJobs()
  const jobId = ref<string | null>(null)
  const starting = ref(false)
  /** Why the job could not even begin; what went wrong in it is the job's own problem. */
  const problem = shallowRef<Problem | null>(null)

  /** Null until it has begun, and for the moment until the list of jobs tells of it. */
  const job = computed(() => (jobId.value === null ? null : (jobs.items.get(jobId.value) ?? null)))
  const begun = computed(() => jobId.value !== null)
  const running = computed(() => begun.value && (job.value?.state ?? 'running') === 'running')

  /** @param ask starts the job and gives its id. */
  async function start(ask: () => Promise<{ jobId: string }>): Promise<void> {
    if (starting.value) return
    starting.value = true
    problem.value = null
    try {
      jobId.value = (await ask()).jobId
    } catch (error) {
      problem.value = toProblem(error)
    } finally {
      starting.value = false
    }
  }

  /** Looks away from the job, for another one. */
  function forget(): void {
    jobId.value = null
    problem.value = null
  }

  return { job, begun, running, starting, problem, start, forget }
}

export type FollowedJob = ReturnType<typeof useFollowedJob>
