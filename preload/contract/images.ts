import { z } from 'zod'
import {
  containerId,
  engineScope,
  imageId,
  moment,
  outcomes,
  procedure,
  referenceText,
  startedJob,
  stream,
  type CollectionMessage,
} from './base'
import { say } from './say'

export const image = z.object({
  id: imageId,
  /** `repository:tag` names, familiar form; empty for a dangling image. */
  references: z.array(z.string()),
  /** `repository@sha256:…` names: what a registry knows it by. */
  digests: z.array(z.string()),
  createdAt: moment,
  /** All layers together, shared ones counted in full. */
  sizeBytes: z.number(),
  dangling: z.boolean(),
  labels: z.record(z.string(), z.string()),
  /** Containers made from it, running or not. */
  usedBy: z.array(containerId),
})
export type Image = z.infer<typeof image>

export const imageDetails = z.object({
  id: imageId,
  platform: z.string(),
  author: z.string(),
  entrypoint: z.array(z.string()),
  command: z.array(z.string()),
  environment: z.array(z.object({ name: z.string(), value: z.string(), masked: z.boolean() })),
  exposedPorts: z.array(z.string()),
  volumes: z.array(z.string()),
  workingFolder: z.string(),
  user: z.string(),
  /** DiffIDs of the layers, the lowest first. */
  layers: z.array(z.string()),
  inspectJson: z.string(),
})
export type ImageDetails = z.infer<typeof imageDetails>

/** `os/architecture` or `os/architecture/variant` (OCI image index): `linux/arm64/v8`. */
export const platformText = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+\/[a-z0-9_]+(?:\/[a-z0-9.]+)?$/, {
    error: () => say`A platform is os/architecture or os/architecture/variant: linux/arm64.`,
  })

/** A reference without tag or digest means `:latest`; without a platform the engine's own is meant. */
export const pullRequest = engineScope.extend({
  kind: z.literal('pull'),
  reference: referenceText,
  platform: platformText.optional(),
})
export type PullRequest = z.infer<typeof pullRequest>

/** What a pull would bring, asked of the registry and of the engine's own layers. */
export const pullPlan = z.object({
  /** In full, as it was understood: `docker.io/library/nginx:latest`. */
  reference: z.string(),
  /** What the name stands for in the registry now: of an index where there is one. */
  digest: z.string(),
  /** Of an index; empty where the name stands for a single image. */
  platforms: z.array(z.string()),
  /** The one that would be pulled. */
  platform: z.string(),
  imageId: z.string(),
  /** The image that the name means on this engine; null where it means none. */
  presentImageId: imageId.nullable(),
  /** Compressed, the lowest first. `here`: the engine has it and knows that it does. */
  layers: z.array(z.object({ digest: z.string(), sizeBytes: z.number(), here: z.boolean() })),
  /** Of all layers. */
  sizeBytes: z.number(),
  /** Of the layers that would travel. */
  travelBytes: z.number(),
})
export type PullPlan = z.infer<typeof pullPlan>

/** What a pull changed. */
export const pullResult = z.object({
  kind: z.literal('pull'),
  imageId,
  /** The image that the name meant before; null where it meant none. */
  formerImageId: imageId.nullable(),
  /** How many layers the two have in common, and how many only the new one has. */
  change: z.object({ keptLayers: z.number(), newLayers: z.number() }).nullable(),
})
export type PullResult = z.infer<typeof pullResult>

/** Names that the engine has, one or several: each is pushed in turn. */
export const pushRequest = engineScope.extend({
  kind: z.literal('push'),
  references: z.array(referenceText).min(1).max(200),
})
export type PushRequest = z.infer<typeof pushRequest>

/** What a push put into registries. */
export const pushResult = z.object({
  kind: z.literal('push'),
  /** The manifest's digest that each name stands for in its registry; null where nobody told it. */
  pushed: z.array(z.object({ reference: z.string(), digest: z.string().nullable() })),
})
export type PushResult = z.infer<typeof pushResult>

const oneImage = engineScope.extend({ id: imageId })

export const images = {
  watch: procedure.input(engineScope).output(stream<CollectionMessage<Image>>()),
  inspect: procedure
    .input(oneImage.extend({ reveal: z.boolean().default(false) }))
    .output(imageDetails),
  /** What a pull would bring; nothing is pulled. Fails as the registry does: `not-found`, `unauthorized`. */
  planPull: procedure.input(pullRequest.omit({ kind: true })).output(pullPlan),
  /** Starts a pull job. */
  pull: procedure.input(pullRequest.omit({ kind: true })).output(startedJob),
  /** Starts a push job. */
  push: procedure.input(pushRequest.omit({ kind: true })).output(startedJob),
  /** Gives the image one more name; the old ones stay. */
  tag: procedure.input(oneImage.extend({ reference: referenceText })).output(z.void()),
  /** Takes one name away; refused (`conflict`) for the last one, which would remove the image. */
  untag: procedure.input(oneImage.extend({ reference: referenceText })).output(z.void()),
  /** Takes one name away once the image has the new one; refused (`conflict`) where they are the same. */
  rename: procedure
    .input(oneImage.extend({ from: referenceText, to: referenceText }))
    .output(z.void()),
  /** Removes images with all their names; one that a container uses is refused (`conflict`). */
  remove: procedure
    .input(engineScope.extend({ ids: z.array(imageId).min(1).max(2_000) }))
    .output(outcomes),
}
