import { watch } from 'vue'
import { useRouter } from 'vue-router'
import { longJobMillis, type Job } from '../../preload/contract/jobs'
import { useDesktopNotifications } from '../alerts/useDesktopNotifications'
import { useApi } from '../api'
import { exitLine } from '../containers/exits/sentences'
import { useLiveStream } from '../live'
import { useSettings } from '../settings/store'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'
import { jobMillis } from './figures'
import { useJobs } from './store'

/**
 * Says when a job that was seen running has ended, wherever the person is by then: of a long one on the
 * desktop while this page is hidden and the browser allows it, else as a message over the page. Also
 * leads to the job that main's notification was clicked for.
 */
export function useJobNotices(): void {
  const api = useApi()
  const jobs = useJobs()
  const settings = useSettings()
  const desktop = useDesktopNotifications()
  const toasts = useToasts()
  const router = useRouter()
  const { t } = useWords()
  const seenRunning = new Set<string>()

  const open = (jobId: string) => router.push({ path: '/jobs', query: { job: jobId } })

  useLiveStream<{ jobId: string }>({
    subscribe: (signal) => api.jobs.opened(undefined, { signal }),
    receive: ({ jobId }) => void open(jobId),
  })

  watch(
    () => jobs.items,
    (items) => {
      for (const job of items.values()) {
        if (job.state === 'running') seenRunning.add(job.id)
        else if (seenRunning.delete(job.id) && !jobs.isAttended(job.id)) tell(job)
      }
    },
    { immediate: true },
  )

  function tell(job: Job): void {
    const subject = { subject: job.subject }
    const { kind } = job.request
    if (job.state === 'cancelled') {
      toasts.show({ tone: 'info', text: t(`jobs.cancelled.${kind}`, subject) })
      return
    }
    const succeeded = job.state === 'succeeded'
    const text = t(succeeded ? `jobs.done.${kind}` : `jobs.failed.${kind}`, subject)
    const hint = job.problem?.message ?? resultHint(job)
    if (isForDesktop(job) && desktop.show(job.id, text, hint ?? '', () => void open(job.id))) return
    if (succeeded) toasts.show({ tone: 'good', text, hint })
    else {
      const action = { label: t('jobs.show'), run: () => open(job.id) }
      toasts.show({ tone: 'bad', text, hint, action })
    }
  }

  function resultHint({ result }: Job): string | undefined {
    return result?.kind === 'wait' ? exitLine(result.exit, t) : undefined
  }

  function isForDesktop(job: Job): boolean {
    // To be told is what was asked for.
    if (job.request.kind === 'wait') return document.hidden
    const long = jobMillis(job, Date.now()) >= longJobMillis
    return long && document.hidden && settings.values.notifyJobs
  }
}
