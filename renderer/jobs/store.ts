import { defineStore } from 'pinia'
import { computed } from 'vue'
import type { Job } from '../../preload/contract/jobs'
import { useApi, useLiveCollection } from '../api'

/** Long work in main: it goes on whatever page is shown. */
export const useJobs = defineStore('jobs', () => {
  const api = useApi()
  const { items, loaded, problem } = useLiveCollection<Job>((signal) =>
    api.jobs.watch(undefined, { signal }),
  )

  /** The newest first. */
  const list = computed(() => [...items.value.values()].sort((a, b) => b.startedAt - a.startedAt))
  const running = computed(() => list.value.filter((job) => job.state === 'running'))

  const ended = computed(() => list.value.filter((job) => job.state !== 'running'))
  /** Failed ones that nobody has seen on the list yet. */
  const unseen = computed(() => list.value.filter((job) => job.unseen === true))

  const cancel = (jobId: string) => api.jobs.cancel({ jobId })
  const dismiss = (jobId: string) => api.jobs.dismiss({ jobId })
  const see = (jobIds: string[]) => api.jobs.see({ jobIds })
  /** The id of the new job. */
  const retry = async (jobId: string) => (await api.jobs.retry({ jobId })).jobId

  const attended = new Set<string>()
  /** Someone looks at this job until the returned undo is called: its end needs no message. */
  function attend(jobId: string): () => void {
    attended.add(jobId)
    return () => attended.delete(jobId)
  }
  const isAttended = (jobId: string) => attended.has(jobId)

  return {
    ...{ items, list, running, ended, unseen, loaded, problem },
    ...{ cancel, retry, dismiss, see, attend, isAttended },
  }
})
