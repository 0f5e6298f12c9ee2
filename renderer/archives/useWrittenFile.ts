import { computed, ref, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { useFollowedJob } from '../jobs/useFollowedJob'
import { useArchiveDialogs } from './dialogs'
import { isAbsolutePath } from './fileNames'

/**
 * The file that a job writes, and leave to replace one that is there.
 *
 * @param suggestion its name, until a person gives another one
 * @param title of the system's dialog
 */
export function useWrittenFile(suggestion: MaybeRefOrGetter<string>, title: string) {
  const dialogs = useArchiveDialogs()
  const followed = useFollowedJob()
  const name = computed(() => toValue(suggestion))
  const file = ref(dialogs.folder + name.value)
  watch(name, (next, before) => {
    if (file.value.endsWith(before)) file.value = file.value.slice(0, -before.length) + next
  })

  const overwrite = ref(false)
  /** Another name is another file: leave for the one is none for the other. */
  watch(file, () => (overwrite.value = false), { flush: 'sync' })

  const usable = computed(() => isAbsolutePath(file.value.trim()))
  const isThere = computed(() => followed.problem.value?.code === 'confirmation-needed')

  const bridge = window.longshore
  const choose = bridge && (() => bridge.chooseSaveFile({ title, name: name.value }))
  /** The system's dialog has asked. */
  function chosen(): void {
    overwrite.value = true
  }

  async function start(
    ask: (target: { file: string; overwrite: boolean }) => Promise<{ jobId: string }>,
  ): Promise<void> {
    if (!usable.value) return
    const target = { file: file.value.trim(), overwrite: overwrite.value }
    dialogs.remember(target.file)
    await followed.start(() => ask(target))
  }

  return { followed, name, file, overwrite, usable, isThere, choose, chosen, start }
}

export type WrittenFile = ReturnType<typeof useWrittenFile>
