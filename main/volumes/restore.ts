import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { say } from '../../preload/contract/say'
import { RESTORES_OVER, type RestoreRequest } from '../../preload/contract/volumes'
import { followBytes } from '../archives/byteProgress'
import { openSource, type Source } from '../archives/source'
import type { EngineLink } from '../engines/handshake'
import { Failure } from '../errors'
import type { JobContext, Work } from '../jobs/jobs'
import type { JobServices } from '../jobs/kinds'
import { isThere } from './actions'
import { fillVolume, makeFilledVolume } from './fill'
import { readVolumeArchive } from './readArchive'

/**
 * Unpacks a tar into a volume, after looking into it from end to end. A volume that is not there is made,
 * and goes again where its restoring fails.
 */
export function restoreVolume(
  { engines }: JobServices,
  { engineId, file, id, intoExisting }: RestoreRequest,
): Work {
  return {
    subject: `${basename(file)} → ${id}`,
    async run(context) {
      const { link } = engines.get(engineId).connection
      const exists = await checkRestoreTarget(link, id, intoExisting)
      const source = await openSource(file)
      try {
        const { root, entries, contentBytes } = await looked(source, context)
        await sent(source, context, (tar) =>
          exists
            ? fillVolume(link, id, { tar, root }, context.signal)
            : makeFilledVolume(link, { id, labels: {} }, { tar, root }, context.signal),
        )
        context.report({ result: { kind: 'restore', id, entries, bytes: contentBytes } })
      } finally {
        await source.close()
      }
    },
  }
}

/**
 * @returns whether the volume is there already
 * @throws Failure `confirmation-needed` where it is and nobody agreed to that
 */
export async function checkRestoreTarget(
  link: EngineLink,
  id: string,
  intoExisting: boolean,
): Promise<boolean> {
  const exists = await isThere(link, id)
  if (exists && !intoExisting) {
    throw new Failure('confirmation-needed', say`There is a volume "${id}" already.`, {
      hint: say`Files of the same names in it would be replaced; others would stay.`,
      dangers: [RESTORES_OVER],
    })
  }
  return exists
}

async function looked(source: Source, context: JobContext) {
  const progress = followBytes(context, source.bytes)
  try {
    return await readVolumeArchive(source, progress.add, context.signal)
  } finally {
    progress.end()
  }
}

/** Lets `use` have the file's content, and tells how much of it has gone. */
async function sent(
  source: Source,
  context: JobContext,
  use: (tar: Readable) => Promise<void>,
): Promise<void> {
  const progress = followBytes(context, source.bytes)
  const content = async function* () {
    yield* source.content(progress.add)
    // What was looked into is what was sent, or it counts as broken off.
    await source.checkUnchanged()
  }
  try {
    await use(Readable.from(content(), { objectMode: false }))
  } finally {
    progress.end()
  }
}
