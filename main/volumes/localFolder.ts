import { lstat } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import type { EngineLink } from '../engines/handshake'
import { getJson } from '../engines/getJson'
import { listedVolume } from './summary'

/**
 * Where a volume's files lie on this machine; null where the engine is elsewhere, or where the folder is
 * only a place at which the driver mounts something while it is used.
 */
export async function localFolder(
  link: EngineLink,
  id: string,
  signal?: AbortSignal,
): Promise<string | null> {
  const raw = await getJson(link.client, `/volumes/${encodeURIComponent(id)}`, { signal })
  const { Driver, Mountpoint, Options } = listedVolume.parse(raw)
  const isMounted = Options?.['type'] !== undefined || Options?.['device'] !== undefined
  if (!link.facts.sharesKernel || Driver !== 'local' || isMounted || !Mountpoint) return null
  if (!isAbsolute(Mountpoint)) return null
  const there = await lstat(Mountpoint).catch(() => null)
  return there?.isDirectory() === true ? Mountpoint : null
}
