import { Readable } from 'node:stream'
import type { ImageInfo } from 'dockerode'
import { pack } from 'tar-stream'
import type { EngineLink } from '../engines/handshake'
import { openStream } from '../engines/rawStream'
import { toFailure } from '../errors'
import { transferFailure } from '../jobs/transferFailure'
import { jsonLines } from '../streams/jsonLines'
import { createProgress } from '../streams/progress'
import { HELPER_LABEL } from './helperLabel'

/**
 * An image with nothing in it, for containers that never start. Any other image might bring volumes of its
 * own, or be of another platform. `localhost/` keeps engines from looking for it in a registry.
 */
export const HELPER_IMAGE = 'localhost/longshore-helper:1'

/**
 * True for the empty image, which lists leave out; also for one that lost its name to a newer one. The label alone
 * says nothing: any image can have it.
 */
export function isHelperImage({
  RepoTags,
  Labels,
  Size,
}: Pick<ImageInfo, 'RepoTags' | 'Size'> & {
  Labels: Readonly<Record<string, string>> | null
}): boolean {
  // An image without a name has `<none>:<none>` here, or nothing.
  const names = (RepoTags ?? []).filter((name) => !name.startsWith('<none>'))
  const named = names.length === 0 ? Size === 0 : names.every((name) => name === HELPER_IMAGE)
  return Labels?.[HELPER_LABEL] !== undefined && named
}

/** Makes the empty image; where it is there already, again. */
export async function makeHelperImage(
  { client }: EngineLink,
  signal: AbortSignal | undefined,
): Promise<void> {
  const tar = pack()
  tar.finalize()
  const body = Readable.from(tar)
  try {
    const answer = await openStream(
      client,
      {
        method: 'POST',
        path: '/images/create',
        // The tag stands in `repo`: Podman 4 ignores `tag`.
        query: { fromSrc: '-', repo: HELPER_IMAGE, changes: `LABEL ${HELPER_LABEL}=image` },
        body,
      },
      { signal },
    )
    const progress = createProgress()
    for await (const message of jsonLines(answer, { ...(signal && { signal }) })) {
      progress.apply(message)
    }
    const { error } = progress.state()
    if (error !== null) throw transferFailure(error)
  } finally {
    body.destroy()
  }
}

/** Takes it away, unless another helper has it, or somebody was faster. */
export async function removeHelperImage({ client }: EngineLink): Promise<void> {
  try {
    await client.call((docker, abortSignal) =>
      docker.getImage(HELPER_IMAGE).remove({ abortSignal }),
    )
  } catch (error) {
    const { code } = toFailure(error)
    if (code !== 'conflict' && code !== 'not-found') throw error
  }
}
