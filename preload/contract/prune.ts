import { z } from 'zod'
import { engineScope, imageId, procedure, startedJob } from './base'

/** The most images of one prune. */
const MOST_IMAGES = 20_000

export const pruneRequest = engineScope.extend({
  kind: z.literal('prune'),
  /** Exactly what the person saw: each goes only while these are still all its names. */
  images: z
    .array(z.object({ id: imageId, references: z.array(z.string().max(512)).max(1_000) }))
    .min(1)
    .max(MOST_IMAGES),
})
export type PruneRequest = z.infer<typeof pruneRequest>

/** Why something that was to go stays; the second and third are of images. */
export const keptReason = z.enum(['in-use', 'renamed', 'has-children', 'failed'])
export type KeptReason = z.infer<typeof keptReason>

/** What a prune did. */
export const pruneResult = z.object({
  kind: z.literal('prune'),
  /** Images that are gone. */
  removed: z.number(),
  kept: z.array(
    z.object({
      id: imageId,
      references: z.array(z.string()),
      reason: keptReason,
      /** With `failed`: what the engine said; with `in-use`: the containers. */
      detail: z.string(),
    }),
  ),
  /** What all images took before, less what they take afterwards. */
  freedBytes: z.number(),
})
export type PruneResult = z.infer<typeof pruneResult>

export const prune = {
  /** Starts a prune job. */
  start: procedure.input(pruneRequest.omit({ kind: true })).output(startedJob),
}
