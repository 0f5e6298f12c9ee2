import { Cable, File, FileSymlink, FileX, Folder, HardDrive, Plug, Workflow } from '@lucide/vue'
import type { Component } from 'vue'
import type { FileChange, FileEntry, FileKind } from '../../preload/contract/files'
import type { Tone } from '../ui/tones'
import type { FileRow } from './rows'

const kindIcons: Readonly<Record<FileKind, Component>> = {
  file: File,
  folder: Folder,
  link: FileSymlink,
  device: Plug,
  fifo: Workflow,
  socket: Cable,
}

export function iconOf({ entry, mount, change }: FileRow): Component {
  if (mount) return HardDrive
  if (entry) return kindIcons[entry.kind]
  return change === 'deleted' ? FileX : File
}

/** How a change looks: git's letter and a colour; its word stands beside it. */
export const changeLooks: Readonly<Record<FileChange, { letter: string; tone: Tone }>> = {
  added: { letter: 'A', tone: 'good' },
  changed: { letter: 'C', tone: 'warning' },
  deleted: { letter: 'D', tone: 'bad' },
}

/** `root:root`, `5:6`; null where nobody tells. */
export function ownerText({ uid, gid, user, group }: FileEntry): string | null {
  if (uid === null || gid === null) return null
  return `${user ?? uid}:${group ?? gid}`
}
