import { z } from 'zod'
import {
  absolutePath,
  containerId,
  engineScope,
  imageId,
  procedure,
  referenceText,
  startedJob,
  stream,
} from './base'
import { say } from './say'

/** A file that is written; compressed where it is called `.tar.gz` or `.tgz`. */
const writtenFile = z.object({
  file: absolutePath,
  /** Replace a file that is there; without it that is refused (`confirmation-needed`). */
  overwrite: z.boolean(),
})

/** The danger that a `confirmation-needed` of `save` and `export` names. */
export const OVERWRITES = 'overwrite'

export const saveRequest = engineScope.extend({
  kind: z.literal('save'),
  /** Names that the engine has, or ids of images without a name: the archive keeps what is named here. */
  images: z.array(referenceText).min(1).max(1_000),
  ...writtenFile.shape,
})
export type SaveRequest = z.infer<typeof saveRequest>

export const exportRequest = engineScope.extend({
  kind: z.literal('export'),
  containerId,
  ...writtenFile.shape,
})
export type ExportRequest = z.infer<typeof exportRequest>

export const loadRequest = engineScope.extend({ kind: z.literal('load'), file: absolutePath })
export type LoadRequest = z.infer<typeof loadRequest>

/** What `docker import --change` takes (moby daemon/images/image_import.go, builder/dockerfile). */
export const importInstructions = [
  'CMD',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'LABEL',
  'USER',
  'VOLUME',
  'WORKDIR',
] as const

/** One Dockerfile instruction that changes the configuration: `CMD ["sh"]`, `ENV PATH=/bin`. */
export const importChange = z
  .string()
  .trim()
  .max(32_768)
  .regex(new RegExp(`^(?:${importInstructions.join('|')})[ \\t]+[^\\0\\r\\n]+$`, 'i'), {
    error: () => say`One of ${importInstructions.join(', ')}, then what it sets.`,
  })

export const importRequest = engineScope.extend({
  kind: z.literal('import'),
  file: absolutePath,
  /** The name that the image gets; without a tag, `:latest`. */
  reference: referenceText,
  changes: z.array(importChange).max(100),
})
export type ImportRequest = z.infer<typeof importRequest>

const writtenResult = z.object({
  file: z.string(),
  /** Of the file. */
  bytes: z.number(),
})
export const saveResult = writtenResult.extend({ kind: z.literal('save') })
export const exportResult = writtenResult.extend({ kind: z.literal('export') })

/** What a load brought. */
export const loadResult = z.object({
  kind: z.literal('load'),
  /** Names as the engine told them, and for images without one their ids. */
  images: z.array(z.object({ id: imageId, references: z.array(z.string()) })),
})
export type LoadResult = z.infer<typeof loadResult>

export const importResult = z.object({
  kind: z.literal('import'),
  imageId,
  /** Familiar form. */
  reference: z.string(),
})

export type Compression = 'none' | 'gzip' | 'xz' | 'bzip2' | 'zstd'

/** An image that an archive holds. */
export interface ArchivedImage {
  /** Empty: it has none in the archive. */
  references: string[]
  /** Null where the archive tells it only through further files (OCI layout). */
  id: string | null
  /** Of its layers as they lie in the archive, shared ones counted in full; null: not told. */
  sizeBytes: number | null
  layers: number | null
}

/** What a file holds, found by reading it once from end to end. */
export interface ArchiveFacts {
  /** What `docker save` writes; an OCI image layout; or a root file system as `docker export` writes it. */
  kind: 'docker-archive' | 'oci-layout' | 'file-system'
  compression: Compression
  /** Of the file. */
  fileBytes: number
  /** Unpacked: of all entries. */
  contentBytes: number
  entries: number
  /** Of the first two kinds. */
  images: ArchivedImage[]
  /** Device nodes of a root file system. */
  devices: number
}

/** Reading a large file takes a while: how far it is, then what it holds. */
export type InspectMessage =
  { kind: 'reading'; bytes: number; totalBytes: number } | { kind: 'read'; archive: ArchiveFacts }

export const archives = {
  /**
   * Looks into a file. Ends with `read`; going away ends the reading. Fails (`invalid-input`) for what
   * is no such archive, is cut off, or has entries that reach outside of it.
   */
  inspect: procedure.input(z.object({ file: absolutePath })).output(stream<InspectMessage>()),
  /** Writes images to one file, as a job. */
  save: procedure.input(saveRequest.omit({ kind: true })).output(startedJob),
  /** Loads all images of a file, as a job. */
  load: procedure.input(loadRequest.omit({ kind: true })).output(startedJob),
  /** Makes an image of a root file system, as a job. */
  import: procedure.input(importRequest.omit({ kind: true })).output(startedJob),
  /** Writes a container's file system to a file, as a job. */
  export: procedure.input(exportRequest.omit({ kind: true })).output(startedJob),
}
