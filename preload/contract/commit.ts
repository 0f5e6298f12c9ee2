import { z } from 'zod'
import { importChange } from './archives'
import { containerId, engineScope, imageId, referenceText } from './base'

const line = z.string().trim().max(4_096)

export const commitRequest = engineScope.extend({
  kind: z.literal('commit'),
  containerId,
  /** The name that the image gets; without a tag, `:latest`. */
  reference: referenceText,
  /** What changed, for the image's history; empty: nothing is said. */
  message: line,
  /** `Name <address>`; empty: nobody is named. */
  author: line.max(255),
  /** Stops all its processes while the files are read, so that they fit each other. */
  pause: z.boolean(),
  /** Dockerfile instructions that change what the image does. */
  changes: z.array(importChange).max(100),
})
export type CommitRequest = z.infer<typeof commitRequest>

export const commitResult = z.object({
  kind: z.literal('commit'),
  imageId,
  /** Familiar form. */
  reference: z.string(),
})
