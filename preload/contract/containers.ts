import { z } from 'zod'
import {
  containerId,
  containerName,
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
import { containerSettings, dangers, portSetting } from './containerSettings'
import { editInput, settingsInput, type SettingsAnswer } from './edit'
import { commitRequest } from './commit'
import { healthHistory } from './health'
import { exitFacts, waitRequest, type LastLine } from './exits'
import { limitChanges, type ContainerLimits } from './limits'
import { recreated, recreationInput, undoRecreationInput, type RecreationPlan } from './recreation'

export const containerStates = [
  'created',
  'running',
  'paused',
  'restarting',
  'stopping',
  'removing',
  'exited',
  'dead',
] as const

export const port = z.object({
  hostIp: z.string(),
  /** Null: exposed by the image but not published. */
  hostPort: z.number().nullable(),
  containerPort: z.number(),
  protocol: z.enum(['tcp', 'udp', 'sctp']),
})
export type Port = z.infer<typeof port>

export const mount = z.object({
  type: z.string(),
  /** The volume's name; empty for binds. */
  name: z.string(),
  source: z.string(),
  destination: z.string(),
  readWrite: z.boolean(),
  /** A volume without a name of its own: removed with the container when asked to. */
  anonymous: z.boolean(),
})
export type Mount = z.infer<typeof mount>

/** The engine starts it again and again, or did until it gave up. */
export const restartLoop = z.object({
  /** By the engine, since a person started it. */
  restarts: z.number(),
  /** Null: not known. */
  lastExitCode: z.number().nullable(),
  /** Its policy's last try is done. */
  gaveUp: z.boolean(),
})
export type RestartLoop = z.infer<typeof restartLoop>

export const container = z.object({
  id: containerId,
  name: z.string(),
  /** The reference or id it was created from, as the engine tells it. */
  image: z.string(),
  imageId: imageId.nullable(),
  /** The image that its image name means now, if that is another one than it was made from. */
  newerImageId: imageId.nullable(),
  command: z.string(),
  createdAt: moment,
  /** Null if it never ran. */
  startedAt: moment.nullable(),
  finishedAt: moment.nullable(),
  state: z.enum(containerStates),
  exitCode: z.number().nullable(),
  oomKilled: z.boolean(),
  restartLoop: restartLoop.nullable(),
  health: z.enum(['none', 'starting', 'healthy', 'unhealthy']),
  ports: z.array(port),
  mounts: z.array(mount),
  networks: z.array(z.string()),
  labels: z.record(z.string(), z.string()),
  composeProject: z.string().nullable(),
  composeService: z.string().nullable(),
  /** CPU limit in cores; null: none. */
  cpuLimitCores: z.number().nullable(),
  memoryLimitBytes: z.number().nullable(),
  /** True for the containers that the samples made. */
  sample: z.boolean(),
})
export type Container = z.infer<typeof container>
export type ContainerState = Container['state']

export const containerDetails = z.object({
  id: containerId,
  /** Process id of the container's first process on the engine's host; null when it does not run. */
  pid: z.number().nullable(),
  entrypoint: z.array(z.string()),
  command: z.array(z.string()),
  /** Values whose names look secret are masked unless `reveal` was asked for. */
  environment: z.array(z.object({ name: z.string(), value: z.string(), masked: z.boolean() })),
  workingFolder: z.string(),
  user: z.string(),
  hostname: z.string(),
  restartPolicy: z.string(),
  privileged: z.boolean(),
  networks: z.array(
    z.object({ name: z.string(), ipAddress: z.string(), gateway: z.string(), mac: z.string() }),
  ),
  /** The engine's own answer, indented JSON, with the same values masked. */
  inspectJson: z.string(),
})
export type ContainerDetails = z.infer<typeof containerDetails>

export const runInput = containerSettings.extend({
  ...engineScope.shape,
  /** Dangers the person was shown and accepted; others answer `confirmation-needed`. */
  acceptedDangers: z.array(z.enum(dangers)).default([]),
  /** False: it is only created. */
  start: z.boolean().default(true),
  /** The container whose settings these were: masks in the environment stand for its values. */
  masksOf: containerId.optional(),
})
export type RunInput = z.input<typeof runInput>

/** Who has a host port that is asked for, and one that is free. */
export const portUse = z.object({
  holder: z
    .discriminatedUnion('kind', [
      /** A container of this engine; one that is not running would want it when it is started. */
      z.object({
        kind: z.literal('container'),
        id: containerId,
        name: z.string(),
        running: z.boolean(),
      }),
      /** A program of this machine. */
      z.object({ kind: z.literal('program') }),
      /** The address is none of this machine. */
      z.object({ kind: z.literal('no-such-address') }),
    ])
    .nullable(),
  /** A port near the one asked for (or near the container's own) that nobody has; null: none was found. */
  freePort: z.number().nullable(),
})
export type PortUse = z.infer<typeof portUse>

const oneContainer = engineScope.extend({ id: containerId })
const someContainers = engineScope.extend({ ids: z.array(containerId).min(1).max(2_000) })
const bulk = procedure.input(someContainers).output(outcomes)

export const containers = {
  watch: procedure.input(engineScope).output(stream<CollectionMessage<Container>>()),
  start: bulk,
  stop: bulk,
  restart: bulk,
  pause: bulk,
  unpause: bulk,
  kill: bulk,
  remove: procedure
    .input(
      someContainers.extend({
        /** Also those that run. */
        force: z.boolean().default(false),
        /** Anonymous volumes go too; named ones always stay. */
        removeAnonymousVolumes: z.boolean().default(false),
      }),
    )
    .output(outcomes),
  rename: procedure.input(oneContainer.extend({ name: containerName })).output(z.void()),
  /** What it may use, and what that is measured by. */
  limits: procedure.input(oneContainer).output(z.custom<ContainerLimits>()),
  /**
   * Changes limits, in force at once where the container runs. What `limitProblems` calls an error is
   * `invalid-input`. Answers the engine's own warnings.
   */
  update: procedure
    .input(oneContainer.extend({ changes: limitChanges }))
    .output(z.object({ warnings: z.array(z.string()) })),
  inspect: procedure
    .input(oneContainer.extend({ reveal: z.boolean().default(false) }))
    .output(containerDetails),
  /**
   * Starts a pull job where the engine lacks the image; null where it has it. `run` takes only what the
   * engine has.
   */
  provideImage: procedure
    .input(engineScope.extend({ image: referenceText }))
    .output(z.object({ jobId: z.string().nullable() })),
  /** Who has these host ports, in the same order. Programs are seen only where the engine is local. */
  portUse: procedure
    .input(
      engineScope.extend({
        ports: z.array(portSetting).max(1_000),
        /** A container whose own ports do not count: it is about to be replaced. */
        except: containerId.optional(),
      }),
    )
    .output(z.array(portUse)),
  /**
   * Creates a container from a local image and starts it. One that cannot start is removed again.
   * Answers the engine's own warnings.
   */
  run: procedure
    .input(runInput)
    .output(z.object({ id: containerId, warnings: z.array(z.string()) })),
  /** What a container was asked to be, as the form has it, and what making it again would do. */
  settings: procedure.input(settingsInput).output(z.custom<SettingsAnswer>()),
  /**
   * Makes a container again with other settings, and keeps the old one stopped beside it; the way back is
   * `undoRecreation`. Whatever fails, also a new one that ends with an error as soon as it is started, the
   * old one is back as it was, and the error says so.
   */
  edit: procedure.input(editInput).output(recreated),
  /** Makes an image of a container's files, as a job. */
  commit: procedure.input(commitRequest.omit({ kind: true })).output(startedJob),
  /** Waits for a container's end, as a job, which tells how it ended. `conflict` where it does not run. */
  wait: procedure.input(waitRequest.omit({ kind: true })).output(startedJob),
  /** Its health check, and what came of it. */
  health: procedure.input(oneContainer).output(healthHistory),
  /** Runs its health check at once; `conflict` where the engine cannot, or it does not run. */
  checkHealth: procedure.input(oneContainer).output(z.void()),
  /** How it ended last; null: it is not known to have ended. */
  exit: procedure.input(oneContainer).output(exitFacts.nullable()),
  /** The end of a container's log, the oldest line first. */
  lastLines: procedure
    .input(oneContainer.extend({ count: z.int().min(1).max(200).default(20) }))
    .output(z.array(z.custom<LastLine>())),
  /** What `recreate` would do; changes nothing. */
  recreation: procedure.input(recreationInput).output(z.custom<RecreationPlan>()),
  /**
   * Makes the container again from a newer image, with every setting that was given to it, and keeps the
   * old one stopped beside it. Whatever fails, the old one is back as it was, and the error says so.
   */
  recreate: procedure.input(recreationInput).output(recreated),
  /**
   * The way back: removes the new container (no volume of it), gives the old one its name again and
   * starts it if it ran when it was replaced.
   */
  undoRecreation: procedure.input(undoRecreationInput).output(z.void()),
}
