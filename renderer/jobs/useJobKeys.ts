import { computed, nextTick, ref, type Ref } from 'vue'
import type { Job } from '../../preload/contract/jobs'

const steps: Record<string, (index: number, last: number) => number> = {
  ArrowDown: (index, last) => Math.min(last, index + 1),
  ArrowUp: (index) => Math.max(0, index - 1),
  Home: () => 0,
  End: (_index, last) => last,
}

/**
 * The keyboard's way through the list: arrows, Home and End from job to job, Enter opens (each head is a
 * button), Delete takes an ended one off the list. Tab stops at one job only.
 *
 * @param shown In the order in which they stand.
 */
export function useJobKeys(
  list: Ref<HTMLElement | null>,
  shown: () => readonly Job[],
  dismiss: (job: Job) => Promise<void>,
) {
  const lastId = ref<string | null>(null)
  const currentId = computed(() => {
    const jobs = shown()
    return jobs.some(({ id }) => id === lastId.value) ? lastId.value : (jobs[0]?.id ?? null)
  })

  function focus(id: string | undefined): void {
    const row = [...(list.value?.querySelectorAll<HTMLElement>('[data-job]') ?? [])].find(
      ({ dataset }) => dataset.job === id,
    )
    row?.querySelector<HTMLElement>('[data-job-toggle]')?.focus()
    row?.scrollIntoView({ block: 'nearest' })
  }

  /** The job in which the focus came to be. */
  function follow(event: FocusEvent): void {
    lastId.value = jobIdOf(event.target) ?? lastId.value
  }

  async function press(event: KeyboardEvent): Promise<void> {
    if (!(event.target instanceof Element) || !event.target.closest('[data-job-head]')) return
    const jobs = shown()
    const index = jobs.findIndex(({ id }) => id === currentId.value)
    const step = steps[event.key]
    if (step) {
      event.preventDefault()
      focus(jobs[step(index, jobs.length - 1)]?.id)
      return
    }
    const job = jobs[index]
    if (event.key !== 'Delete' || !job || job.state === 'running') return
    const next = jobs[index + 1] ?? jobs[index - 1]
    await dismiss(job)
    await nextTick()
    focus(next?.id)
  }

  return { currentId, focus, follow, press }
}

function jobIdOf(target: EventTarget | null): string | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-job]') : null
  return row?.dataset.job
}
