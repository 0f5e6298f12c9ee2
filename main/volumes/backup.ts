import { basename } from 'node:path'
import type { BackupRequest } from '../../preload/contract/volumes'
import { writeTar } from '../archives/writeTar'
import type { Work } from '../jobs/jobs'
import type { JobServices } from '../jobs/kinds'
import { withContent } from './content'
import { whilePaused } from './writers'

/** Writes a volume's files to a tar, compressed where it is called so. */
export function backUpVolume(
  { engines }: JobServices,
  { engineId, id, file, overwrite, pause }: BackupRequest,
): Work {
  return {
    subject: `${id} → ${basename(file)}`,
    async run(context) {
      const session = engines.get(engineId)
      const { link } = session.connection
      const estimatedBytes = session.volumes.collection.get(id)?.size?.apparentBytes ?? null
      await whilePaused(session, { id, pause }, (moving) =>
        withContent(
          link,
          id,
          async ({ tar, ownersLost }) => {
            const open = () => Promise.resolve(tar)
            const bytes = await writeTar({ file, overwrite, estimatedBytes, open }, context)
            context.report({ result: { kind: 'backup', file, bytes, moving, ownersLost } })
          },
          context.signal,
        ),
      )
    },
  }
}
