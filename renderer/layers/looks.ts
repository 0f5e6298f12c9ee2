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
