import { z } from 'zod'
import {
  absolutePath,
  engineScope,
  imageId,
  procedure,
  referenceText,
  startedJob,
  stream,
} from './base'
import { say } from './say'

/** Which files a build is given. */
export const buildContext = z.object({
  /** The folder whose files the Dockerfile can COPY. */
  folder: absolutePath,
  /** Absolute, or below the folder; it may lie outside of it. */
  dockerfile: z
    .string()
    .min(1)
    .max(4_096)
    .regex(/^[^-\0][^\0]*$/, { error: () => say`A path that does not begin with "-".` }),
})
export type BuildContext = z.infer<typeof buildContext>

/** The most arguments and names of one build. */
export const MOST_ARGUMENTS = 100
export const MOST_NAMES = 50

export const buildArgument = z.object({
  name: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]{0,255}$/, { error: () => say`Letters, digits and "_".` }),
  value: z.string().max(32_768),
})

/** The name of a stage, or its number; null: the last stage. */
export const stageName = z
  .string()
  .max(255)
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, { error: () => say`Letters, digits, "_", "." and "-".` })

/** `linux/arm64`, `linux/arm/v7`; null: the engine's own. */
export const platformName = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(\/[a-z0-9_]+){0,2}$/, {
    error: () => say`Such as linux/amd64 or linux/arm64/v8.`,
  })

export const buildRequest = engineScope.extend({
  kind: z.literal('build'),
  ...buildContext.shape,
  target: stageName.nullable(),
  /** Values of ARG instructions, in place of their defaults. */
  arguments: z.array(buildArgument).max(MOST_ARGUMENTS),
  /** Names of arguments that it had in a former run of the app: their values are secret and were not kept. */
  withheld: z.array(buildArgument.shape.name).max(MOST_ARGUMENTS).optional(),
  platform: platformName.nullable(),
  /** The names that the image gets; none: it has only its id. */
  tags: z.array(referenceText).max(MOST_NAMES),
  /** Run every step though its result is there. */
  noCache: z.boolean(),
  /** Ask the registry for newer base images. */
  pull: z.boolean(),
})
export type BuildRequest = z.infer<typeof buildRequest>

/** What a build sends and how, without the engine: what the form remembers. */
export const buildForm = buildRequest.omit({ kind: true, engineId: true })
export type BuildForm = z.infer<typeof buildForm>

/** Who builds: docker's buildx command (BuildKit), Docker's classic builder, or Podman's own (Buildah). */
export const builderNames = ['buildx', 'classic', 'podman'] as const
export const builder = z.object({
  name: z.enum(builderNames),
  /** Of the builder; for the classic one of the engine that it is a part of. */
  version: z.string(),
})
export type Builder = z.infer<typeof builder>

/** What came of a build. */
export const buildResult = z.object({
  kind: z.literal('build'),
  imageId,
  /** Its names, familiar form. */
  names: z.array(z.string()),
  builder: z.enum(builderNames),
})
export type BuildResult = z.infer<typeof buildResult>

/** What a Dockerfile lets the person choose. */
export interface DockerfileFacts {
  /** In their order; a stage without a name is called by its number. */
  stages: { name: string; base: string }[]
  /** What `--build-arg` can set; null: it has no default. */
  arguments: { name: string; defaultValue: string | null }[]
}

/** What a folder would send. */
export interface ContextFacts {
  files: number
  bytes: number
  /** What the ignore file keeps out; a folder left out whole counts as one, for it is not looked into. */
  ignored: number
  /** The largest files that go, the largest first. */
  largest: { path: string; bytes: number }[]
  /** Null: there is no such file. */
  dockerfile: DockerfileFacts | null
  /** The file of patterns that was followed; null: there is none. */
  ignoreFile: string | null
  /** Sockets and devices, which cannot be sent. */
  skipped: string[]
  /** Files that may not be read: the build would fail at the first. */
  unreadable: string[]
}

/** Counting a huge folder takes a while: how far it is, then what came of it. */
export type ContextMessage =
  { kind: 'counting'; files: number; bytes: number } | { kind: 'counted'; context: ContextFacts }

/** A context of more than this is worth a warning, bytes. */
export const LARGE_CONTEXT_BYTES = 100 * 1024 * 1024

export const builds = {
  /** Counts what a build would send. Ends with `counted`; going away ends the counting. */
  inspectContext: procedure.input(buildContext).output(stream<ContextMessage>()),
  /** Which builder builds on this engine. */
  builder: procedure.input(engineScope).output(builder),
  /** Starts a build job. */
  start: procedure.input(buildRequest.omit({ kind: true })).output(startedJob),
}
