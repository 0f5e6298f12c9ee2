import { z } from 'zod'
import { imageId } from '../../../preload/contract/base'
import type { CommitRequest } from '../../../preload/contract/commit'
import { say } from '../../../preload/contract/say'
import { refuseMasked } from '../../archives/secretChanges'
import { singleChanges } from '../../archives/singleChanges'
import { postJson } from '../../engines/postJson'
import { Failure } from '../../errors'
import { readNewName } from '../../images/names'
import { fullImageId } from '../../images/summary'
import type { Work } from '../../jobs/jobs'
import type { JobServices } from '../../jobs/kinds'

/** Engines say nothing until all files are packed, milliseconds. */
const answerMillis = 24 * 3_600_000

const answer = z.object({ Id: z.string() })

/** Makes an image of a container's files as they are now. Throws `invalid-input` for a name it cannot get. */
export function commitContainer(
  { engines }: JobServices,
  { engineId, containerId, reference: text, message, author, pause, changes }: CommitRequest,
): Work {
  const { familiar, name, tag } = readNewName(text)
  refuseMasked(changes)
  const { connection, containers } = engines.get(engineId)
  return {
    subject: `${containers.nameOf(containerId)} → ${familiar}`,
    async run({ signal, report }) {
      const request = {
        path: '/commit',
        query: {
          container: containerId,
          ...{ repo: name, tag },
          ...{ comment: message, author, pause: String(pause) },
          changes: singleChanges(changes),
        },
        // An empty one is not sent, and Podman refuses that.
        body: { Labels: {} },
      }
      const { client } = connection.link
      const told = await postJson(client, request, { signal, timeoutMillis: answerMillis })
      const id = imageId.safeParse(fullImageId(answer.parse(told).Id))
      if (!id.success)
        throw new Failure('engine-error', say`The engine did not tell which image it made.`)
      report({ result: { kind: 'commit', imageId: id.data, reference: familiar } })
    },
  }
}
