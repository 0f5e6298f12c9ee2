import { Equal, File, FileSymlink, Folder, Minus, Pencil, Plug, Plus } from '@lucide/vue'
import type { Component } from 'vue'
import type { EntryChange, LayerEntry } from '../../preload/contract/layers'
import type { Tone } from '../ui/tones'

/** How a change looks; its word goes with it. */
export const changeLooks: Readonly<Record<EntryChange, { icon: Component; tone: Tone }>> = {
  added: { icon: Plus, tone: 'good' },
  changed: { icon: Pencil, tone: 'warning' },
  removed: { icon: Minus, tone: 'bad' },
  unchanged: { icon: Equal, tone: 'off' },
}

export const kindIcons: Readonly<Record<LayerEntry['kind'], Component>> = {
  file: File,
  folder: Folder,
  symlink: FileSymlink,
  device: Plug,
  pipe: Plug,
}

const kindLetters: Readonly<Record<LayerEntry['kind'], string>> = {
  file: '-',
  folder: 'd',
  symlink: 'l',
  device: 'c',
  pipe: 'p',
}

/** `drwxr-xr-x`, as `ls -l` writes it, with `s` and `t` for set-user-ID, set-group-ID and sticky. */
export function modeText({ kind, mode }: Pick<LayerEntry, 'kind' | 'mode'>): string {
  const three = (bits: number, special: boolean, letter: string) => {
    const execute = (bits & 1) !== 0
    const last = special ? (execute ? letter : letter.toUpperCase()) : execute ? 'x' : '-'
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${last}`
  }
  const owner = three((mode >> 6) & 7, (mode & 0o4000) !== 0, 's')
  const group = three((mode >> 3) & 7, (mode & 0o2000) !== 0, 's')
  const others = three(mode & 7, (mode & 0o1000) !== 0, 't')
  return `${kindLetters[kind]}${owner}${group}${others}`
}
