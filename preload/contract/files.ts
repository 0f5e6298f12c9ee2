import { z } from 'zod'
import {
  absolutePath,
  containerId,
  engineScope,
  imageId,
  moment,
  procedure,
  startedJob,
  stream,
} from './base'
import { say } from './say'
import { volumeId } from './volumes'

/** Whose files: a container's, with what is mounted into it, or a volume's alone. */
export const filesTarget = z.union([
  z.strictObject({ ...engineScope.shape, containerId }),
  z.strictObject({ ...engineScope.shape, volume: volumeId }),
])
export type FilesTarget = z.infer<typeof filesTarget>

/**
 * A path in a container, or from a volume's root on: absolute, of whole names, with nothing that leads up.
 * Main puts it into a request encoded, or hands it to a program as one argument.
 */
export const innerPath = z
  .string()
  .max(4_096)
  .regex(/^\/[^\0]*$/, { error: () => say`A path from / on.` })
  .refine((path) => !path.split('/').includes('..'), { error: () => say`A path without "..".` })

/** One name in a folder (Linux: 255 bytes, anything but `/` and NUL). */
export const entryName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^/\0]+$/, { error: () => say`A name without "/".` })
  .refine((name) => name !== '.' && name !== '..', { error: () => say`A name of its own.` })

export const fileKinds = ['file', 'folder', 'link', 'device', 'fifo', 'socket'] as const
export type FileKind = (typeof fileKinds)[number]

export interface FileEntry {
  /** Hostile until shown as text: it may hold line breaks and control characters. */
  name: string
  /** The name is not UTF-8, and `name` only looks like it: nothing can be done with this entry alone. */
  inexact: boolean
  kind: FileKind
  /** Of a file; otherwise null. */
  sizeBytes: number | null
  /** Permission bits, `0o7777` at most. */
  mode: number
  /** Null where the engine does not tell. */
  uid: number | null
  gid: number | null
  /** Names of the owner and the group, where a program of the container told them. */
  user: string | null
  group: string | null
  modifiedAt: z.infer<typeof moment> | null
  /** Where a link leads, as it is written in it; otherwise empty. */
  linkTarget: string
}

/** What is mounted into a container. */
export interface FilesMount {
  path: string
  /** As the engine calls it: `volume`, `bind`, `tmpfs`. */
  type: string
  /** A volume's name, or where it is on the engine's machine. */
  source: string
  readOnly: boolean
}

/** What can be done with the files of a target, now. */
export interface FilesFacts {
  /** False for a volume, and for a container that does not run. */
  running: boolean
  /** The container's own file system can only be read; what is mounted may be writable. */
  readOnlyRoot: boolean
  mounts: FilesMount[]
}

export interface FolderListing {
  /** The folder with all links followed. */
  path: string
  /** By programs of the container, or out of an archive that the engine made of the folder. */
  way: 'programs' | 'archive'
  entries: FileEntry[]
  /** Entries beyond the most that are told. */
  leftOut: number
  /** The archive was given up before its end, because it is too large: there may be more. */
  incomplete: boolean
  /** Of the archive that was read. */
  readBytes: number
  /** When it was read; it may come out of what was read before. */
  readAt: z.infer<typeof moment>
}

/** How far reading a folder is, then the folder. */
export type ListMessage =
  { kind: 'reading'; bytes: number; totalBytes: number } | { kind: 'read'; folder: FolderListing }

/** Of one folder. */
export const MOST_ENTRIES = 20_000

/** A path's end, with all links followed. */
export interface FoundPath {
  path: string
  kind: FileKind
  sizeBytes: number
}

/** Which content an editor began with, to see whether somebody else has changed it. */
export const fileVersion = z.object({
  sizeBytes: z.int().min(0),
  /** As the engine tells it, to the nanosecond. */
  modified: z.string().max(64),
  /** SHA-256 of the content, hex. */
  hash: z.string().regex(/^[a-f0-9]{64}$/),
})
export type FileVersion = z.infer<typeof fileVersion>

/** The most of a text that is shown, and the largest that can be edited. */
export const MOST_TEXT_BYTES = 256 * 1024
/** The largest picture that is shown. */
export const MOST_PICTURE_BYTES = 5 * 1024 * 1024

export const pictureTypes = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/svg+xml',
] as const

export interface FilePreview {
  path: string
  sizeBytes: number
  content:
    | {
        kind: 'text'
        /** The first `MOST_TEXT_BYTES`. */
        text: string
        truncated: boolean
        /** Set where the whole text is here, so that it can be edited. */
        version: FileVersion | null
      }
    | { kind: 'picture'; type: (typeof pictureTypes)[number]; base64: string }
    | { kind: 'binary'; /** The first bytes. */ base64: string }
    /** A folder, a device: nothing to show. */
    | { kind: 'none' }
}

export const fileChanges = ['changed', 'added', 'deleted'] as const
export type FileChange = (typeof fileChanges)[number]

/** What differs between a container's own files and its image. */
export interface FilesChanges {
  /** By path. */
  changes: { path: string; change: FileChange }[]
  /** Beyond the most that are told. */
  leftOut: number
}

export const MOST_CHANGES = 50_000

/** What a folder holds, counted. */
export interface Measured {
  files: number
  folders: number
  bytes: number
  /** False: counting was given up, and it is at least so much. */
  complete: boolean
}

/** The dangers that a `confirmation-needed` here names. */
export const REPLACES = 'replace'
export const LOSES_OWNER = 'owner'

const onTarget = z.object({ target: filesTarget })
const onPath = onTarget.extend({ path: innerPath })

/** Numbers: what a name means, only the container knows. */
const owner = z.object({
  uid: z.int().min(0).max(4_294_967_294),
  gid: z.int().min(0).max(4_294_967_294),
})
export type FileOwner = z.infer<typeof owner>
const mode = z.int().min(0).max(0o7777)

/**
 * The image of a program that works on a volume, which no container does by itself: its `rm` or `mv` runs in
 * a container that has this volume, no network, and is removed at once.
 */
const tool = z.object({ toolImage: imageId.optional() })

/** A relative path of an upload: `folder/file`. */
const uploadPath = z
  .string()
  .max(4_096)
  .refine((path) => path.split('/').every((name) => entryName.safeParse(name).success), {
    error: () => say`A path of names.`,
  })

/** Files and folders of one upload. */
export const MOST_UPLOADED = 20_000

export const uploadRequest = onTarget.extend({
  /** Where it goes; it must be there. */
  folder: innerPath,
  /** Folders come before what is in them. */
  items: z
    .array(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('folder'), path: uploadPath }),
        z.object({
          kind: z.literal('file'),
          path: uploadPath,
          sizeBytes: z.int().min(0),
          modifiedAt: moment,
        }),
      ]),
    )
    .min(1)
    .max(MOST_UPLOADED),
  /** Write over files that are there; without it that is refused (`confirmation-needed`, with their names). */
  replace: z.boolean(),
  /** Null: as the folder's, and root where nobody tells. */
  owner: owner.nullable(),
  fileMode: mode.default(0o644),
})
export type UploadRequest = z.input<typeof uploadRequest>

/** The most bytes of one piece of an upload, before base64. */
export const UPLOAD_PIECE_BYTES = 256 * 1024

export type UploadMessage =
  /** `uploadId`: null until it is clear that it may go; then pieces are taken. `bytes`: taken so far. */
  { kind: 'sending'; uploadId: string | null; bytes: number } | { kind: 'done' }

export const downloadRequest = engineScope.extend({
  kind: z.literal('download'),
  target: filesTarget,
  path: innerPath,
  /**
   * `file`: the file itself. `tar`: as a tar, packed where it is called `.tar.gz`. `folder`: unpacked into a new
   * folder, which must not be there.
   */
  as: z.enum(['file', 'tar', 'folder']),
  /** On the machine that Longshore runs on. */
  file: absolutePath,
  overwrite: z.boolean(),
})
export type DownloadRequest = z.infer<typeof downloadRequest>

export const downloadResult = z.object({
  kind: z.literal('download'),
  file: z.string(),
  bytes: z.number(),
  /** Of what was unpacked. */
  files: z.number(),
  /** Entries that were left out because they lead out of the folder, or are devices: the first ones, in words. */
  refused: z.array(z.string()),
  refusedCount: z.number(),
})
export type DownloadResult = z.infer<typeof downloadResult>

export const files = {
  /**
   * What can be done, again whenever the container starts or ends. Whoever shows files keeps it open: a
   * volume's helper lives as long.
   */
  watch: procedure.input(onTarget).output(stream<FilesFacts>()),
  /** The entries of one folder. Ending the stream gives it up. */
  list: procedure
    .input(
      onPath.extend({
        /** Not out of what was read before. */
        fresh: z.boolean().default(false),
        /** Read on however large it is. */
        patient: z.boolean().default(false),
      }),
    )
    .output(stream<ListMessage>()),
  find: procedure.input(onPath).output(z.custom<FoundPath>()),
  preview: procedure.input(onPath).output(z.custom<FilePreview>()),
  changes: procedure.input(onTarget).output(z.custom<FilesChanges>()),
  /** Counts what is in these, for a few seconds at most. */
  measure: procedure
    .input(onTarget.extend({ paths: z.array(innerPath).min(1).max(1_000) }))
    .output(z.custom<Measured>()),
  /**
   * Writes a text; mode and owner stay. `conflict` where the file is not what `expected` says; without `expected`
   * it must be new (`confirmation-needed`), or `replace` be given.
   */
  save: procedure
    .input(
      onPath.extend({
        text: z.string().max(MOST_TEXT_BYTES),
        expected: fileVersion.nullable(),
        replace: z.boolean().default(false),
        /** Nobody tells who owns it, and it is root's afterwards: the person knows. */
        acceptRoot: z.boolean().default(false),
      }),
    )
    .output(fileVersion),
  makeFolder: procedure
    .input(onTarget.extend({ folder: innerPath, name: entryName }))
    .output(z.void()),
  rename: procedure.input(onPath.extend({ name: entryName, ...tool.shape })).output(z.void()),
  remove: procedure
    .input(onTarget.extend({ paths: z.array(innerPath).min(1).max(1_000), ...tool.shape }))
    .output(z.void()),
  /** Images of this engine whose `rm` and `mv` can work on a volume; the smallest first. */
  toolImages: procedure
    .input(engineScope)
    .output(z.array(z.object({ id: imageId, reference: z.string() }))),
  /** Packs what comes by `uploadPiece` and gives it to the engine. Ending the stream gives it up. */
  upload: procedure.input(uploadRequest).output(stream<UploadMessage>()),
  /**
   * The next bytes, in the order of the items; answered when the next may come. After the last one the upload
   * itself ends.
   */
  uploadPiece: procedure
    .input(
      z.object({
        uploadId: z.string().max(64),
        base64: z.base64().max(Math.ceil(UPLOAD_PIECE_BYTES / 3) * 4),
      }),
    )
    .output(z.void()),
  /** Copies a file or a folder to this machine, as a job. */
  download: procedure
    .input(downloadRequest.omit({ kind: true, engineId: true }))
    .output(startedJob),
}
