import { defineStore } from 'pinia'
import type { Image } from '../../../preload/contract/images'
import { openable } from '../../ui/openable'

/** The dialogs of the images page. */
export type ImageDialog =
  { kind: 'pull'; reference: string } | { kind: 'tag' | 'rename' | 'untag' | 'push'; image: Image }

/** Which dialog of the images page is open. */
export const useImageDialogs = defineStore('image-dialogs', () => {
  const { shown: dialog, open, openings, show } = openable<ImageDialog>()

  const pull = (reference = '') => show({ kind: 'pull', reference })
  const tag = (image: Image) => show({ kind: 'tag', image })
  const rename = (image: Image) => show({ kind: 'rename', image })
  const untag = (image: Image) => show({ kind: 'untag', image })
  const push = (image: Image) => show({ kind: 'push', image })

  return { dialog, open, openings, pull, tag, rename, untag, push }
})
