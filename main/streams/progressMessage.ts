import { z } from 'zod'

/**
 * One message of a pull, push, load or build stream. Docker writes `JSONMessage` (moby,
 * pkg/jsonmessage); Podman's compatible routes write the same, its libpod routes `stream`, `error`,
 * `images` and `id`. A field of another type than expected counts as absent: progress is decoration,
 * and no engine's oddity may fail a pull.
 */
const progressMessage = z.object({
  id: z.string().optional().catch(undefined),
  status: z.string().optional().catch(undefined),
  stream: z.string().optional().catch(undefined),
  error: z.string().optional().catch(undefined),
  errorDetail: z.object({ message: z.string() }).optional().catch(undefined),
  progressDetail: z
    .object({
      current: z.number().nonnegative().optional().catch(undefined),
      total: z.number().positive().optional().catch(undefined),
      /** `s` where the numbers are seconds: Docker's containerd store while it extracts. */
      units: z.string().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  aux: z
    .object({
      /** An image id, after a build. */
      ID: z.string().optional().catch(undefined),
      /** A manifest's digest, after a push. */
      Digest: z.string().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  images: z.array(z.string()).optional().catch(undefined),
})

export type ProgressMessage = z.infer<typeof progressMessage>

/** The fields that were understood; empty for anything that is no object. */
export function readProgressMessage(message: unknown): ProgressMessage {
  const result = progressMessage.safeParse(message)
  return result.success ? result.data : {}
}
