import type { EngineLink } from '../../engines/handshake'
import { readReference } from '../../images/names'
import { imageNamed } from '../../images/pull'
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
  if ((await imageNamed(link, imageText(image))) !== null) return { jobId: null }
  return { jobId: jobs.start({ kind: 'pull', engineId, reference: image }) }
}
