import type { EngineLink } from '../../engines/handshake'
import { toFailure } from '../../errors'
import { readReference } from '../../images/names'
import type { Jobs } from '../../jobs/jobs'

const imageId = /^(?:sha256:)?[a-f0-9]{64}$/

/** The text itself, if it is an id or the name of an image; throws `invalid-input` for anything else. */
export function imageText(text: string): string {
  if (!imageId.test(text)) readReference(text)
  return text
}

/** Starts a pull job where the engine lacks the image; null where it has it. */
export async function provideImage(
  link: EngineLink,
  jobs: Pick<Jobs, 'start'>,
  { engineId, image }: { engineId: string; image: string },
): Promise<{ jobId: string | null }> {
  if (await hasImage(link, imageText(image))) return { jobId: null }
  return { jobId: jobs.start({ kind: 'pull', engineId, reference: image }) }
}

async function hasImage({ client }: EngineLink, image: string): Promise<boolean> {
  try {
    await client.call((docker) => docker.getImage(image).inspect())
    return true
  } catch (error) {
    if (toFailure(error).code === 'not-found') return false
    throw error
  }
}
