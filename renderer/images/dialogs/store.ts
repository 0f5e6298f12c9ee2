import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Image } from '../../../preload/contract/images'

/** The dialogs of the images page. */
export type ImageDialog =
  | { kind: 'pull'; reference: string }
  | { kind: 'run' | 'tag' | 'rename' | 'untag' | 'push'; image: Image }

/** Which dialog is open. It stays named while it closes, so that its words do not vanish first. */
export const useImageDialogs = defineStore('image-dialogs', () => {
  const dialog = shallowRef<ImageDialog | null>(null)
  const open = ref(false)
  const openings = ref(0)

  function show(next: ImageDialog): void {
    dialog.value = next
    openings.value++
    open.value = true
  }

  const pull = (reference = '') => show({ kind: 'pull', reference })
  const run = (image: Image) => show({ kind: 'run', image })
  const tag = (image: Image) => show({ kind: 'tag', image })
  const rename = (image: Image) => show({ kind: 'rename', image })
  const untag = (image: Image) => show({ kind: 'untag', image })
  const push = (image: Image) => show({ kind: 'push', image })

  return { dialog, open, openings, pull, run, tag, rename, untag, push }
})
