import { open, readFile } from 'node:fs/promises'

const places = ['/bin/busybox', '/usr/bin/busybox', '/usr/local/bin/busybox', '/sbin/busybox']

/** ELF program header type of the path to a dynamic loader (elf(5), PT_INTERP). */
const interpreterType = 3

/** The machine's busybox as bytes, if it has one that needs no libraries; null otherwise. */
export async function findStaticBusybox(): Promise<Buffer | null> {
  if (process.platform !== 'linux') return null
  for (const path of places) {
    if (await isStatic(path)) return readFile(path)
  }
  return null
}

async function isStatic(path: string): Promise<boolean> {
  let file
  try {
    file = await open(path)
  } catch {
    return false
  }
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(4096), position: 0 })
    return isStaticElf(buffer.subarray(0, bytesRead))
  } finally {
    await file.close()
  }
}

/** Reads the program headers of a little-endian 64-bit ELF file; `head` holds its first bytes. */
export function isStaticElf(head: Buffer): boolean {
  const is64LittleEndian = head.length >= 64 && head.readUInt32LE(0) === 0x464c457f && head[4] === 2
  if (!is64LittleEndian || head[5] !== 1) return false
  const offset = Number(head.readBigUInt64LE(32))
  const size = head.readUInt16LE(54)
  const count = head.readUInt16LE(56)
  for (let index = 0; index < count; index += 1) {
    const at = offset + index * size
    if (at + 4 > head.length) return false
    if (head.readUInt32LE(at) === interpreterType) return false
  }
  return count > 0
}
