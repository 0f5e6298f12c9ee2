import type { Ref } from 'vue'
import { folderOf } from './paths'
import type { FileRow } from './rows'
import type { FileActions } from './useFileActions'

interface Keys {
  path: Readonly<Ref<string>>
  chosen: Readonly<Ref<readonly FileRow[]>>
  pointed: Readonly<Ref<FileRow | null>>
  actions: FileActions
  go: (path: string) => Promise<void>
}

/** Keys beyond those of a table: Backspace goes up, F2 renames, Delete removes, F5 reads anew. */
export function useFileKeys({ path, chosen, pointed, actions, go }: Keys) {
  const subjects = () => {
    if (chosen.value.length > 0) return chosen.value
    return pointed.value ? [pointed.value] : []
  }

  function press(event: KeyboardEvent): void {
    if (event.target instanceof Element && event.target.closest('input, textarea, select')) return
    const [only, ...others] = subjects()
    if (event.key === 'Backspace') void go(folderOf(path.value))
    else if (event.key === 'F5') actions.reload()
    else if (event.key === 'F2' && only && others.length === 0) actions.rename(only)
    else if (event.key === 'Delete' && only) actions.remove([only, ...others])
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return { press }
}
