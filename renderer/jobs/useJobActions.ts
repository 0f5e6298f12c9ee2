import { ref } from 'vue'
import type { Job } from '../../preload/contract/jobs'
import { useToasts } from '../ui/useToasts'
import { useJobs } from './store'

/** What a person can do with a job; a failure is shown as a message. */
export function useJobActions() {
  const jobs = useJobs()
  const toasts = useToasts()
  const cancelling = ref(false)

  async function cancel(job: Job): Promise<void> {
    cancelling.value = true
    try {
      await jobs.cancel(job.id)
    } catch (error) {
      toasts.problem(error)
    } finally {
      cancelling.value = false
    }
  }

  async function dismiss(ended: readonly Job[]): Promise<void> {
    try {
      await Promise.all(ended.map((job) => jobs.dismiss(job.id)))
    } catch (error) {
      toasts.problem(error)
    }
  }

  /** Does it again as a new job; the ended one stays as what it was. */
  async function retry(job: Job): Promise<void> {
    try {
      await jobs.retry(job.id)
    } catch (error) {
      toasts.problem(error)
    }
  }

  /** The person has these failures before them. */
  async function see(unseen: readonly Job[]): Promise<void> {
    if (unseen.length === 0) return
    try {
      await jobs.see(unseen.map(({ id }) => id))
    } catch (error) {
      toasts.problem(error)
    }
  }

  return { cancelling, cancel, retry, dismiss, see }
}
