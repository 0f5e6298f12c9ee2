import { basename } from 'node:path'
import type { ImportRequest } from '../../preload/contract/archives'
import { imageId } from '../../preload/contract/base'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import { readNewName } from '../images/names'
import { fullImageId } from '../images/summary'
import type { Work } from '../jobs/jobs'
import type { JobServices } from '../jobs/kinds'
import { readForJob } from './readForJob'
import { refuseMasked } from './secretChanges'
import { sendContent } from './send'
import { singleChanges } from './singleChanges'
import { openSource } from './source'

/** Makes an image of a root file system. Throws `invalid-input` for a name that it cannot get. */
export function importImage(
  { engines }: JobServices,
  { engineId, file, reference: text, changes }: ImportRequest,
): Work {
  const { familiar, name, tag } = readNewName(text)
  refuseMasked(changes)
  return {
    subject: `${basename(file)} → ${familiar}`,
    async run(context) {
      const { link } = engines.get(engineId).connection
      const source = await openSource(file)
      try {
        const archive = await readForJob(source, context)
        if (archive.kind !== 'file-system') {
          throw new Failure('invalid-input', say`This file holds images, no root file system.`, {
            hint: say`Load it instead.`,
          })
        }
        const ids: string[] = []
        await sendContent(
          link.client,
          {
            path: '/images/create',
            // The tag stands in `repo`: Podman 4.3 ignores `tag`.
            query: { fromSrc: '-', repo: `${name}:${tag}`, changes: singleChanges(changes) },
          },
          source,
          context,
          // Docker tells the id as the status, Podman as what the status is about.
          ({ status, id }) => {
            for (const text of [status, id]) {
              const read = imageId.safeParse(fullImageId(text ?? ''))
              if (read.success) ids.push(read.data)
            }
          },
        )
        await source.checkUnchanged()
        const id = ids.at(-1)
        if (id === undefined) {
          throw new Failure('engine-error', say`The engine did not tell which image it made.`)
        }
        context.report({ result: { kind: 'import', imageId: id, reference: familiar } })
      } finally {
        await source.close()
      }
    },
  }
}
