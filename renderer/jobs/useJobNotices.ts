import { watch } from 'vue'
import { useRouter } from 'vue-router'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'
import { useJobs } from './store'

/** Says when a job that was seen running has ended, wherever the person is by then. */
export function useJobNotices(): void {
  const jobs = useJobs()
  const toasts = useToasts()
  const router = useRouter()
  const { t } = useWords()
  const seenRunning = new Set<string>()

  watch(
    () => jobs.items,
    (items) => {
      for (const job of items.values()) {
        if (job.state === 'running') {
          seenRunning.add(job.id)
          continue
        }
        if (!seenRunning.delete(job.id)) continue
        if (job.state === 'cancelled' || jobs.isAttended(job.id)) continue
        const subject = { subject: job.subject }
        if (job.state === 'succeeded') {
          toasts.show({ tone: 'good', text: t(`jobs.done.${job.request.kind}`, subject) })
        } else {
          toasts.show({
            tone: 'bad',
            text: t(`jobs.failed.${job.request.kind}`, subject),
            hint: job.problem?.message,
            action: { label: t('jobs.show'), run: () => router.push('/jobs') },
          })
        }
      }
    },
    { immediate: true },
  )
}
