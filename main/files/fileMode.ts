import type { FileKind } from '../../preload/contract/files'

export interface FileMode {
  kind: FileKind
  /** Permission bits, `0o7777` at most. */
  mode: number
}

/** Go's `os.FileMode` (io/fs/fs.go), as the archive routes tell it. */
const GO = {
  folder: 2 ** 31,
  link: 2 ** 27,
  device: 2 ** 26,
  fifo: 2 ** 25,
  socket: 2 ** 24,
  setUid: 2 ** 23,
  setGid: 2 ** 22,
  sticky: 2 ** 20,
}

/** `bits` is unsigned and has 32 of them, more than JavaScript's operators take. */
export function fromGoMode(bits: number): FileMode {
  const has = (bit: number) => Math.floor(bits / bit) % 2 === 1
  const kinds = ['folder', 'link', 'device', 'fifo', 'socket'] as const
  return {
    kind: kinds.find((kind) => has(GO[kind])) ?? 'file',
    mode:
      (bits % 0o1000) +
      (has(GO.setUid) ? 0o4000 : 0) +
      (has(GO.setGid) ? 0o2000 : 0) +
      (has(GO.sticky) ? 0o1000 : 0),
  }
}

/** `st_mode` of stat(2), see inode(7). */
const UNIX_KINDS: Readonly<Record<number, FileKind>> = {
  0o04: 'folder',
  0o12: 'link',
  0o06: 'device',
  0o02: 'device',
  0o01: 'fifo',
  0o14: 'socket',
}

export function fromUnixMode(bits: number): FileMode {
  return { kind: UNIX_KINDS[bits >> 12] ?? 'file', mode: bits & 0o7777 }
}
