import type { FileOwner } from '../../preload/contract/files'

/** `1000:1000`, or `1000` for both. Null: nothing is written, so as the folder; undefined: no owner. */
export function ownerOf(typed: string): FileOwner | null | undefined {
  if (typed.trim() === '') return null
  const [, uid, gid = uid] = /^(\d{1,10})(?::(\d{1,10}))?$/.exec(typed.trim()) ?? []
  if (uid === undefined || gid === undefined) return undefined
  const owner = { uid: Number(uid), gid: Number(gid) }
  return owner.uid < 2 ** 32 - 1 && owner.gid < 2 ** 32 - 1 ? owner : undefined
}

/** Octal permission bits, `644`; undefined: none. */
export function modeOf(typed: string): number | undefined {
  return /^[0-7]{3,4}$/.test(typed.trim()) ? Number.parseInt(typed.trim(), 8) : undefined
}
