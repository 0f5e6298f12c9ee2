import { z } from 'zod'
import { procedure, referenceText, startedJob } from './base'
import { platformText } from './images'

/**
 * From one registry to another, or to another name in the same one, without an engine. Without a
 * platform everything that the name stands for goes, an index with all its platforms; with one, that
 * platform's image alone.
 */
export const copyRequest = z.object({
  kind: z.literal('copy'),
  from: referenceText,
  /** With a tag; without one `:latest` is meant. */
  to: referenceText,
  platform: platformText.optional(),
})
export type CopyRequest = z.infer<typeof copyRequest>

export const copies = {
  /** The platforms that a name stands for in its registry; none where it stands for a single image. */
  platforms: procedure.input(copyRequest.pick({ from: true })).output(z.array(z.string())),
  /** Starts a copy job; its digest is what the target's registry names the result. */
  start: procedure.input(copyRequest.omit({ kind: true })).output(startedJob),
}
