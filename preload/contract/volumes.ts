import { z } from 'zod'
import {
  absolutePath,
  containerId,
  engineScope,
  moment,
  outcomes,
  procedure,
  startedJob,
  stream,
  type CollectionMessage,
} from './base'
import type { Problem } from './errors'
import { keptReason } from './prune'
import { say } from './say'

/** A volume that is there, by its name: engines have no other id for it. */
export const volumeId = z
  .string()
  .max(255)
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/, {
    error: () => say`A name of letters, digits, "_", "." and "-".`,
  })

/** Names that both engines accept for new volumes (moby's `RestrictedNamePattern`, libpod's `NameRegex`). */
export const volumeName = z
  .string()
  .max(255)
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/, {
    error: () => say`Two or more of: letters, digits, "_", "." and "-".`,
  })

/** What a volume's files take, as it was measured last. */
export const volumeSize = z.object({
  /** The lengths of all files together; a file with several names (hard links) once. */
  apparentBytes: z.number(),
  /** What they take on the disk, where that could be seen: blocks, less holes. */
  allocatedBytes: z.number().nullable(),
  /** Files, folders and links. */
  entries: z.number().nullable(),
  /** `folder`: seen on the disk; `archive`: read through the engine; `engine`: told by it. */
  source: z.enum(['folder', 'archive', 'engine']),
  measuredAt: moment,
})
export type VolumeSize = z.infer<typeof volumeSize>

export const volume = z.object({
  /** Its name. */
  id: z.string(),
  driver: z.string(),
  /** Its folder on the engine's machine; empty where the driver tells none. */
  mountpoint: z.string(),
  createdAt: moment,
  labels: z.record(z.string(), z.string()),
  /** Of the driver. */
  options: z.record(z.string(), z.string()),
  /** `local`, or `global` for the drivers that span machines. */
  scope: z.string(),
  /** Made without a name, for one container. */
  anonymous: z.boolean(),
  composeProject: z.string().nullable(),
  /** Containers that have it among their mounts, running or not. */
  usedBy: z.array(containerId),
  /** Null until it is measured: engines tell it only at a price. */
  size: volumeSize.nullable(),
})
export type Volume = z.infer<typeof volume>

export const volumeDetails = z.object({
  id: z.string(),
  /** Values whose names look secret are masked unless `reveal` was asked for. */
  labels: z.array(z.object({ name: z.string(), value: z.string(), masked: z.boolean() })),
  options: z.array(z.object({ name: z.string(), value: z.string(), masked: z.boolean() })),
  /** The engine's own answer, indented JSON, with the same values masked. */
  inspectJson: z.string(),
})
export type VolumeDetails = z.infer<typeof volumeDetails>

/** Keys and values of labels and of drivers' options. */
export const pairs = z
  .array(
    z.object({
      name: z
        .string()
        .min(1)
        .max(512)
        .regex(/^[^=\0]+$/, { error: () => say`A name without "=".` }),
      value: z.string().max(16_384),
    }),
  )
  .max(200)

export const createVolumeInput = engineScope.extend({
  /** Without one the engine makes one up. */
  name: volumeName.optional(),
  driver: z
    .string()
    .max(255)
    .regex(/^[a-zA-Z0-9][a-zA-Z0-9_./:-]*$/, { error: () => say`The name of a volume driver.` })
    .default('local'),
  options: pairs.default([]),
  labels: pairs.default([]),
})
export type CreateVolumeInput = z.input<typeof createVolumeInput>

/** The most volumes of one call. */
const MOST_VOLUMES = 5_000
const someVolumes = engineScope.extend({ ids: z.array(volumeId).min(1).max(MOST_VOLUMES) })
const oneVolume = engineScope.extend({ id: volumeId })

/** How far a measuring is, then that it is over: what was found stands in the volumes themselves. */
export type MeasureMessage =
  | {
      kind: 'reading'
      /** Counted so far, of all volumes. */
      bytes: number
      /** Not known before. */
      totalBytes: 0
      /** Volumes that are measured, of how many. */
      done: number
      of: number
    }
  | { kind: 'read'; done: number; problems: { id: string; problem: Problem }[] }

export const pruneVolumesRequest = engineScope.extend({
  kind: z.literal('pruneVolumes'),
  /** Exactly what the person saw: each goes only while nothing uses it. */
  ids: someVolumes.shape.ids,
})
export type PruneVolumesRequest = z.infer<typeof pruneVolumesRequest>

export const pruneVolumesResult = z.object({
  kind: z.literal('pruneVolumes'),
  removed: z.number(),
  kept: z.array(
    z.object({
      id: z.string(),
      reason: keptReason.extract(['in-use', 'failed']),
      /** With `failed`: what the engine said; with `in-use`: the containers. */
      detail: z.string(),
    }),
  ),
  /** What the volumes that are gone took, measured right before. */
  freedBytes: z.number(),
  /** How many of the volumes that are gone could not be measured: they freed more. */
  unmeasured: z.number(),
})
export type PruneVolumesResult = z.infer<typeof pruneVolumesResult>

export const backupRequest = engineScope.extend({
  kind: z.literal('backup'),
  id: volumeId,
  file: absolutePath,
  /** Replace a file that is there; without it that is refused (`confirmation-needed`). */
  overwrite: z.boolean(),
  /** Pause the running containers that can write to it until the copy is made. */
  pause: z.boolean().default(false),
})
export type BackupRequest = z.infer<typeof backupRequest>

export const backupResult = z.object({
  kind: z.literal('backup'),
  file: z.string(),
  /** Of the file. */
  bytes: z.number(),
  /** Containers that could write to it while it was copied, by name; those that were paused are not among them. */
  moving: z.array(z.string()),
  /** The engine tells no owners: in the copy all belongs to root. */
  ownersLost: z.boolean(),
})

/** The danger that a `confirmation-needed` of `restore` names. */
export const RESTORES_OVER = 'restore-over'

export const restoreRequest = engineScope.extend({
  kind: z.literal('restore'),
  file: absolutePath,
  /** The volume that gets the files; it is made where it is not there. */
  id: volumeName,
  /** Unpack over what a volume holds that is there; without it that is refused (`confirmation-needed`). */
  intoExisting: z.boolean(),
})
export type RestoreRequest = z.infer<typeof restoreRequest>

export const restoreResult = z.object({
  kind: z.literal('restore'),
  id: z.string(),
  /** Of the archive: files, folders and links. */
  entries: z.number(),
  /** Of the files, unpacked. */
  bytes: z.number(),
})

export const cloneRequest = engineScope.extend({
  kind: z.literal('clone'),
  id: volumeId,
  /** Of the new volume. */
  name: volumeName,
  pause: z.boolean().default(false),
})
export type CloneRequest = z.infer<typeof cloneRequest>

export const cloneResult = z.object({
  kind: z.literal('clone'),
  id: z.string(),
  /** Of the archive that went from one to the other. */
  bytes: z.number(),
  moving: z.array(z.string()),
  ownersLost: z.boolean(),
})

/** What is known of an archive before it is unpacked into a volume. */
export interface VolumeArchive {
  /** Of the file. */
  fileBytes: number
  /** Of all files, unpacked. */
  contentBytes: number
  entries: number
  /** The first names, as they lie in it. */
  names: string[]
}

export type VolumeArchiveMessage =
  { kind: 'reading'; bytes: number; totalBytes: number } | { kind: 'read'; archive: VolumeArchive }

export const volumes = {
  watch: procedure.input(engineScope).output(stream<CollectionMessage<Volume>>()),
  inspect: procedure
    .input(oneVolume.extend({ reveal: z.boolean().default(false) }))
    .output(volumeDetails),
  /** Makes a volume; a name that is taken is refused (`conflict`), where engines would say nothing. */
  create: procedure.input(createVolumeInput).output(z.object({ id: z.string() })),
  /** Removes volumes with all that is in them; one that a container uses is refused (`conflict`). */
  remove: procedure.input(someVolumes).output(outcomes),
  /** Measures volumes, one after the other; going away ends it. */
  measure: procedure.input(someVolumes).output(stream<MeasureMessage>()),
  /** Removes unused volumes, as a job. */
  prune: procedure.input(pruneVolumesRequest.omit({ kind: true })).output(startedJob),
  /** Writes a volume to a tar, as a job. */
  backup: procedure.input(backupRequest.omit({ kind: true })).output(startedJob),
  /**
   * Looks into a file before it is unpacked; ends with `read`. Fails (`invalid-input`) for what is no tar, is
   * cut off, has entries that reach outside of it, or devices.
   */
  lookInto: procedure
    .input(z.object({ file: absolutePath }))
    .output(stream<VolumeArchiveMessage>()),
  /** Unpacks a tar into a volume, as a job. */
  restore: procedure.input(restoreRequest.omit({ kind: true })).output(startedJob),
  /** Makes a volume with all that another one holds, as a job. */
  clone: procedure.input(cloneRequest.omit({ kind: true })).output(startedJob),
}
