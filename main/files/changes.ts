import { z } from 'zod'
import { MOST_CHANGES, type FileChange, type FilesChanges } from '../../preload/contract/files'
import { say } from '../../preload/contract/say'
import { getJson } from '../engines/getJson'
import { Failure } from '../errors'
import type { Place } from './place'

/** moby pkg/archive/changes.go, `ChangeType`. */
const KINDS: readonly FileChange[] = ['changed', 'added', 'deleted']

/** Null where nothing differs. */
const answer = z.array(z.object({ Path: z.string(), Kind: z.number() })).nullable()

/** The engine compares whole trees; Podman mounts them first. */
const compareMillis = 5 * 60_000

/**
 * What differs between a container's own files and its image. What is mounted into it is nobody's image, so a
 * volume has none.
 */
export async function changesOf(
  { link, containerId, volume }: Place,
  signal?: AbortSignal,
): Promise<FilesChanges> {
  if (volume !== null) throw new Failure('invalid-input', say`A volume comes from no image.`)
  const changes = answer.parse(
    await getJson(link.client, `/containers/${containerId}/changes`, {
      signal,
      timeoutMillis: compareMillis,
    }),
  )
  const known = (changes ?? []).flatMap(({ Path: path, Kind }) => {
    const change = KINDS[Kind]
    return change === undefined ? [] : [{ path, change }]
  })
  return {
    changes: known.slice(0, MOST_CHANGES),
    leftOut: Math.max(0, known.length - MOST_CHANGES),
  }
}
