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

const kindLetters: Readonly<Record<FileKind, string>> = {
  file: '-',
  folder: 'd',
  link: 'l',
  device: 'c',
  fifo: 'p',
  socket: 's',
}

/** `drwxr-xr-x`, as `ls -l` writes it. */
export function modeText({ kind, mode }: Pick<FileEntry, 'kind' | 'mode'>): string {
  const three = (bits: number, special: boolean, letter: string) => {
    const execute = (bits & 1) !== 0
    const last = special ? (execute ? letter : letter.toUpperCase()) : execute ? 'x' : '-'
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${last}`
  }
  const owner = three((mode >> 6) & 7, (mode & 0o4000) !== 0, 's')
  const group = three((mode >> 3) & 7, (mode & 0o2000) !== 0, 's')
  return `${kindLetters[kind]}${owner}${group}${three(mode & 7, (mode & 0o1000) !== 0, 't')}`
}
