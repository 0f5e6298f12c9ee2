import type { CloneRequest } from '../../preload/contract/volumes'
import { Readable } from 'node:stream'
import { followBytes } from '../archives/byteProgress'
import { TarEnding } from '../archives/tarEnding'
import { getJson } from '../engines/getJson'
import type { Work } from '../jobs/jobs'
import type { JobServices } from '../jobs/kinds'
import { peekRoot, withContent } from './content'
import { makeFilledVolume } from './fill'
import { listedVolume } from './summary'
import { whilePaused } from './writers'

/** Labels that say whose a volume is: the clone is nobody's. */
const ownersLabel = /^(?:com\.docker\.compose|io\.podman\.compose|com\.docker\.volume)\./

/**
 * Makes a volume with all that another one holds. The tar goes from the one to the other without being kept.
 * Options are not taken over: they may say where the data lies, and two volumes would be one.
 */
export function cloneVolume(
  { engines }: JobServices,
  { engineId, id, name, pause }: CloneRequest,
): Work {
  return {
    subject: `${id} → ${name}`,
    async run(context) {
      const session = engines.get(engineId)
      const { link } = session.connection
      const { signal } = context
      const raw = await getJson(link.client, `/volumes/${encodeURIComponent(id)}`, { signal })
      const labels = Object.fromEntries(
        Object.entries(listedVolume.parse(raw).Labels ?? {}).filter(
          ([label]) => !ownersLabel.test(label),
        ),
      )
      const size = session.volumes.collection.get(id)?.size
      const progress = followBytes(context, size?.apparentBytes ?? null)
      let bytes = 0
      try {
        await whilePaused(session, { id, pause }, (moving) =>
          withContent(
            link,
            id,
            async ({ tar: source, ownersLost }) => {
              const { root, tar } = await peekRoot(source)
              const ending = new TarEnding((more) => {
                bytes += more
                progress.add(more)
              })
              const checked = Readable.from(ending.checked(tar), { objectMode: false })
              await makeFilledVolume(link, { id: name, labels }, { tar: checked, root }, signal)
              context.report({ result: { kind: 'clone', id: name, bytes, moving, ownersLost } })
            },
            signal,
          ),
        )
      } finally {
        progress.end()
      }
    },
  }
}
