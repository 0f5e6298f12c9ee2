import { useEventListener } from '@vueuse/core'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { useRouter } from 'vue-router'
import { LOSES_OWNER, type FilesTarget, type FileVersion } from '../../preload/contract/files'
import type { Problem } from '../../preload/contract/errors'
import { useApi } from '../api'
import { toProblem } from '../problems'
import { useConfirm } from '../ui/useConfirm'
import { useWords } from '../words'
import { fromField, lineEndOf, toField } from './lineEnds'
import { shownName } from './paths'

interface Opened {
  target: FilesTarget
  path: string
  text: string
  version: FileVersion
}

/**
 * A text that is edited: written with the line ends that it had, never over what somebody else wrote meanwhile
 * unless the person says so, and not left behind unsaved without a question.
 *
 * @param onWritten a file of this path was written
 */
export function useEditor(opened: Opened, onWritten: (path: string) => void) {
  const api = useApi()
  const confirm = useConfirm()
  const { t } = useWords()
  const { target, path } = opened
  const lineEnd = lineEndOf(opened.text)
  const saved = ref(toField(opened.text))
  const text = ref(saved.value)
  const version = shallowRef(opened.version)
  const saving = ref(false)
  const problem = shallowRef<Problem | null>(null)

  const dirty = computed(() => text.value !== saved.value)
  const conflict = computed(() => problem.value?.code === 'conflict')
  const losesOwner = computed(() => problem.value?.dangers?.includes(LOSES_OWNER) ?? false)

  async function write(to: string, options: { replace?: boolean; expected: FileVersion | null }) {
    if (saving.value) return
    saving.value = true
    const acceptRoot = losesOwner.value
    const written = text.value
    try {
      const next = await api.files.save({
        ...{ target, path: to, acceptRoot, ...options },
        text: fromField(written, lineEnd),
      })
      problem.value = null
      saved.value = written
      if (to === path) version.value = next
      onWritten(to)
    } catch (error) {
      problem.value = toProblem(error)
    } finally {
      saving.value = false
    }
  }

  /** Refused (`conflict`) where the file is another one than was opened. */
  const save = () => write(path, { expected: version.value })
  const overwrite = () => write(path, { expected: null, replace: true })
  /** Beside what is there now, which is then as somebody else left it. */
  const keepBoth = () => write(`${path}.mine`, { expected: null })

  /** True where nothing is lost, or may be. */
  async function mayLeave(): Promise<boolean> {
    if (!dirty.value) return true
    const { confirmed } = await confirm({
      title: t('files.editor.leave.title', { name: shownName(path) }),
      body: t('files.editor.leave.body'),
      confirmLabel: t('files.editor.leave.confirm'),
      danger: true,
    })
    return confirmed
  }

  onScopeDispose(useRouter().beforeEach(() => mayLeave()))
  useEventListener(window, 'beforeunload', (event) => {
    if (dirty.value) event.preventDefault()
  })

  return {
    text,
    lineEnd,
    dirty,
    saving,
    problem,
    conflict,
    losesOwner,
    save,
    overwrite,
    keepBoth,
    mayLeave,
  }
}
