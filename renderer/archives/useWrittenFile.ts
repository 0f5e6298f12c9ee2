import { computed, ref, watch } from 'vue'
import { useFollowedJob } from '../jobs/useFollowedJob'
import { useArchiveDialogs } from './dialogs'
import { isAbsolutePath } from './fileNames'

/** The file that a job writes, and leave to replace one that is there. */
export function useWrittenFile(name: string, title: string) {
  const dialogs = useArchiveDialogs()
  const followed = useFollowedJob()
  const file = ref(dialogs.folder + name)
  const overwrite = ref(false)
  /** Another name is another file: leave for the one is none for the other. */
  watch(file, () => (overwrite.value = false), { flush: 'sync' })

  const usable = computed(() => isAbsolutePath(file.value.trim()))
  const isThere = computed(() => followed.problem.value?.code === 'confirmation-needed')

  const bridge = window.longshore
  const choose = bridge && (() => bridge.chooseSaveFile({ title, name }))
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

  return { followed, file, overwrite, usable, isThere, choose, chosen, start }
}
