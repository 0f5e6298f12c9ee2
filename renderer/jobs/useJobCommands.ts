import { Bell, BellOff, RotateCcw, CircleStop, X } from '@lucide/vue'
import { computed } from 'vue'
import type { Job } from '../../preload/contract/jobs'
import { useSettings } from '../settings/store'
import { useCommands, type Command } from '../shell/commands'
import { useWords } from '../words'
import { useJobs } from './store'
import { useJobActions } from './useJobActions'

/** Older ones are found on the page. */
const mostRetries = 5

/** Jobs by the command palette, on every page. */
export function useJobCommands(): void {
  const jobs = useJobs()
  const settings = useSettings()
  const { cancel, retry, dismiss } = useJobActions()
  const { t } = useWords()

  const nameOf = (job: Job) =>
    `${t(`jobs.kinds.${job.request.kind}`)} ${job.subject || t('jobs.subjectless')}`

  useCommands(
    computed((): Command[] => [
      ...jobs.running.map((job) => ({
        id: `jobs-cancel-${job.id}`,
        label: t('jobs.commands.cancel', { job: nameOf(job) }),
        icon: CircleStop,
        run: () => cancel(job),
      })),
      ...jobs.ended.slice(0, mostRetries).map((job) => ({
        id: `jobs-retry-${job.id}`,
        label: t(job.state === 'succeeded' ? 'jobs.commands.doAgain' : 'jobs.commands.retry', {
          job: nameOf(job),
        }),
        icon: RotateCcw,
        run: () => retry(job),
      })),
      ...(jobs.ended.length > 0
        ? [
            {
              id: 'jobs-clear',
              label: t('jobs.dismissEnded'),
              icon: X,
              run: () => dismiss(jobs.ended),
            },
          ]
        : []),
      {
        id: 'jobs-notify',
        label: t(settings.values.notifyJobs ? 'jobs.commands.notifyOff' : 'jobs.commands.notifyOn'),
        icon: settings.values.notifyJobs ? BellOff : Bell,
        run: () => settings.change({ notifyJobs: !settings.values.notifyJobs }),
      },
    ]),
  )
}
