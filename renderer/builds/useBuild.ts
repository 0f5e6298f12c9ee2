import { computed, reactive, watch } from 'vue'
import { LARGE_CONTEXT_BYTES, type BuildForm } from '../../preload/contract/builds'
import type { Job } from '../../preload/contract/jobs'
import { useApi } from '../api'
import { useEngines } from '../engines/store'
import { useFollowedJob } from '../jobs/useFollowedJob'
import { useJobs } from '../jobs/store'
import { useLoaded } from '../loaded'
import { useSettings } from '../settings/store'
import { argumentRows, readBuild, textOf } from './form'
import { useBuildContext } from './useBuildContext'

/** How many earlier builds are offered again. */
const OFFERED_BUILDS = 8

/** A build as it is put together, begun and followed in the dialog. */
export function useBuild(initial: BuildForm | null) {
  const api = useApi()
  const engines = useEngines()
  const jobs = useJobs()
  const settings = useSettings()
  const followed = useFollowedJob()

  const text = reactive(textOf(initial ?? settings.values.buildForm))
  const reading = computed(() => readBuild(text))

  const context = useBuildContext(() => {
    const { errors } = reading.value
    const folder = text.folder.trim()
    if (folder === '' || errors.has('folder') || errors.has('dockerfile')) return null
    return { folder, dockerfile: text.dockerfile.trim() || 'Dockerfile' }
  })
  const counted = computed(() =>
    context.message.value?.kind === 'counted' ? context.message.value.context : null,
  )
  const large = computed(() => (counted.value?.bytes ?? 0) > LARGE_CONTEXT_BYTES)
  const dockerfile = computed(() => counted.value?.dockerfile ?? null)
  watch(dockerfile, (facts) => {
    if (facts !== null) text.arguments = argumentRows(text.arguments, facts)
  })

  const { value: builder } = useLoaded(
    () => (engines.currentId === null ? null : { engineId: engines.currentId }),
    (input, signal) => api.builds.builder(input, { signal }),
  )

  /** The newest first. */
  const earlier = computed(() =>
    jobs.list
      .filter(({ request, state }) => request.kind === 'build' && state !== 'running')
      .slice(0, OFFERED_BUILDS),
  )
  const ready = computed(
    () => reading.value.form !== null && counted.value !== null && dockerfile.value !== null,
  )

  async function start(): Promise<void> {
    const engineId = engines.currentId
    const { form } = reading.value
    if (engineId === null || form === null || !ready.value) return
    settings.change({ buildForm: form })
    await followed.start(() => api.builds.start({ engineId, ...form }))
  }

  /** The same request once more, on the engine that it went to. */
  const rebuild = (job: Job) => followed.start(() => api.jobs.retry({ jobId: job.id }))

  /** Puts an earlier build's request into the form. */
  function edit({ request }: Job): void {
    if (request.kind !== 'build') return
    Object.assign(text, textOf(request))
    text.arguments = argumentRows(text.arguments, dockerfile.value)
  }

  return {
    followed,
    text,
    reading,
    context,
    counted,
    large,
    dockerfile,
    builder,
    earlier,
    ready,
    start,
    rebuild,
    edit,
  }
}
