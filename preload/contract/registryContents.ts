import { z } from 'zod'
import { moment } from './base'

/** How many characters of one text that a registry chose are passed on, at most. */
export const mostRegistryText = 4_096

/** A repository's name without the host, as main checks it: `library/nginx`. */
export const repositoryName = z.string().trim().min(1).max(255)

/** A tag, or a digest with its algorithm. */
export const tagOrDigest = z.string().trim().min(1).max(255)

export const contentDigest = z
  .string()
  .max(255)
  .regex(/^sha(?:256|384|512):[a-f0-9]+$/)

/** `next` of the page before: a registry's own text, handed back to it as it came. */
const pagePosition = z.string().max(4_096).nullish()

export const pageOf = { after: pagePosition }

/** One page of names. `next`: what to give as `after` for the page that follows; null on the last. */
export const namePage = z.object({ names: z.array(z.string()), next: z.string().nullable() })
export type NamePage = z.infer<typeof namePage>

const namedText = z.object({ name: z.string(), value: z.string() })
export type NamedText = z.infer<typeof namedText>

/** One manifest out of an index. */
const indexMember = z.object({
  digest: z.string(),
  mediaType: z.string(),
  /** `linux/arm64/v8`; null for what is no image, such as an attestation. */
  platform: z.string().nullable(),
  /** Of the manifest itself, not of the image. */
  manifestBytes: z.number(),
})

const remoteLayer = z.object({
  digest: z.string(),
  mediaType: z.string(),
  /** As it travels: compressed, mostly. */
  bytes: z.number(),
  /** The instruction that made it, where the config tells one for each. */
  createdBy: z.string().nullable(),
})

const remoteConfig = z.object({
  digest: z.string(),
  createdAt: moment.nullable(),
  platform: z.string().nullable(),
  entrypoint: z.array(z.string()),
  command: z.array(z.string()),
  workingFolder: z.string().nullable(),
  user: z.string().nullable(),
  ports: z.array(z.string()),
  environment: z.array(z.object({ name: z.string(), value: z.string(), masked: z.boolean() })),
  labels: z.array(namedText),
})

/**
 * What a tag or a digest stands for in a registry. All texts are the registry's: capped in length and
 * number, and to be shown as nothing but text.
 */
export const remoteContent = z.object({
  /** `artifact`: neither an image nor an index of them, such as a chart or a signature. */
  kind: z.enum(['image', 'index', 'artifact']),
  digest: z.string(),
  mediaType: z.string(),
  /** Of an artifact: what it is. */
  artifactType: z.string().nullable(),
  manifestBytes: z.number(),
  /** Config and layers as they travel; null for an index. */
  totalBytes: z.number().nullable(),
  annotations: z.array(namedText),
  /** Of an index. */
  members: z.array(indexMember),
  /** Of an image, where it can be read. */
  config: remoteConfig.nullable(),
  /** The lowest first. */
  layers: z.array(remoteLayer),
})
export type RemoteContent = z.infer<typeof remoteContent>

/** A signature, an SBOM or the like that names a manifest as its subject. */
export const attachedArtifact = z.object({
  digest: z.string(),
  mediaType: z.string(),
  artifactType: z.string().nullable(),
  manifestBytes: z.number(),
  annotations: z.array(namedText),
})
export type AttachedArtifact = z.infer<typeof attachedArtifact>

/** What deleting a tag would delete: its manifest, and so every tag of it. */
export const tagDeletion = z.object({
  digest: z.string(),
  /** Every tag that stands for the digest, the asked one among them. */
  tags: z.array(z.string()),
  /** False where the repository has more tags than were looked at. */
  complete: z.boolean(),
})
export type TagDeletion = z.infer<typeof tagDeletion>

/** One find of a search on Docker Hub. */
export const hubRepository = z.object({
  /** `nginx`, `bitnami/nginx`: what to pull. */
  name: z.string(),
  description: z.string(),
  stars: z.number(),
  pulls: z.number(),
  /** Kept by Docker itself. */
  official: z.boolean(),
})
export type HubRepository = z.infer<typeof hubRepository>
