import { computed, ref } from 'vue'
import type { JobKind } from '../../preload/contract/jobRequest'
import type { Job } from '../../preload/contract/jobs'
import { useEngines } from '../engines/store'
import { useSettings } from '../settings/store'
import { useWords } from '../words'
import { engineIdOf } from './figures'
import { filterJobs, filterName, toFilter, type JobFilter } from './filter'
import { useJobs } from './store'

/** What the list of jobs shows: searched and filtered, running ones first, the newest first. */
export function useJobList() {
  const { t } = useWords()
  const jobs = useJobs()
  const engines = useEngines()
  const view = useSettings().tableView('jobs')

  const search = ref('')
  const filter = computed({
    get: () => toFilter(view.value.filter),
    set: (next: JobFilter) => {
      view.value = { ...view.value, filter: filterName(next) }
    },
  })

  const names = computed(() => new Map(engines.engines.map(({ id, name }) => [id, name])))
  const several = computed(() => names.value.size > 1)
  /** Empty where there is only one, or the job's is not known any more. */
  const engineName = (job: Job) =>
    several.value ? (names.value.get(engineIdOf(job) ?? '') ?? '') : ''

  const wordsOf = (job: Job) => `${t(`jobs.kinds.${job.request.kind}`)} ${engineName(job)}`
  const shown = computed(() => filterJobs(jobs.list, filter.value, search.value, wordsOf))
  const running = computed(() => shown.value.filter(({ state }) => state === 'running'))
  const ended = computed(() => shown.value.filter(({ state }) => state !== 'running'))
  /** Of all jobs, and the one that is chosen. */
  const kinds = computed((): JobKind[] => {
    const { kind } = filter.value
    const present = jobs.list.map(({ request }) => request.kind)
    return [...new Set([...present, ...(kind === 'all' ? [] : [kind])])].sort()
  })

  function showAll() {
    search.value = ''
    filter.value = { state: 'all', kind: 'all' }
  }

  return { search, filter, shown, running, ended, kinds, several, engineName, showAll }
}
