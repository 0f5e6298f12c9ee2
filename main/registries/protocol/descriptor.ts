import { z } from 'zod'

/** What a manifest or an index says of each thing it points to (OCI image-spec, "Content Descriptors"). */
export const descriptor = z.object({
  mediaType: z.string(),
  digest: z.string(),
  /** In bytes. */
  size: z.number().int().nonnegative(),
  artifactType: z.string().optional(),
  annotations: z.record(z.string(), z.string()).optional(),
})

export type Descriptor = z.infer<typeof descriptor>
