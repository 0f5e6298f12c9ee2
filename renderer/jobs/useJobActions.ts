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

  /** Starts it again. The ended one leaves the list: the new one stands for it. */
  async function retry(job: Job): Promise<void> {
    try {
      await jobs.retry(job.id)
      await jobs.dismiss(job.id)
    } catch (error) {
      toasts.problem(error)
    }
  }

  return { cancelling, cancel, retry, dismiss }
}
