import { z } from 'zod'

/**
 * Engines' answers about containers and images, read for making the same container again: fields that
 * are not named here are kept as they are.
 */

const strings = z.array(z.string()).nullish()
/** A set, as Go's JSON writes it. */
const keys = z.record(z.string(), z.unknown()).nullish()
/** Engines write one text where a Dockerfile had one. */
const words = z.union([z.string().transform((text) => [text]), z.array(z.string())]).nullish()

/** What an image gives to a container, and what a container has of its own or from its image. */
const config = z.looseObject({
  Hostname: z.string().nullish(),
  User: z.string().nullish(),
  Env: strings,
  Cmd: words,
  Entrypoint: words,
  Image: z.string().nullish(),
  Volumes: keys,
  WorkingDir: z.string().nullish(),
  MacAddress: z.string().nullish(),
  Labels: z.record(z.string(), z.string()).nullish(),
  StopSignal: z.union([z.string(), z.number()]).nullish(),
  StopTimeout: z.number().nullish(),
  Healthcheck: z.record(z.string(), z.unknown()).nullish(),
  ExposedPorts: keys,
  Shell: strings,
})
export type InspectedConfig = z.infer<typeof config>

const endpoint = z.looseObject({
  IPAMConfig: z.record(z.string(), z.unknown()).nullish(),
  Links: strings,
  Aliases: strings,
  DriverOpts: z.record(z.string(), z.string()).nullish(),
  IPAddress: z.string().nullish(),
  GlobalIPv6Address: z.string().nullish(),
  MacAddress: z.string().nullish(),
})
export type InspectedEndpoint = z.infer<typeof endpoint>

const inspectedMount = z.looseObject({
  Type: z.string().nullish(),
  Name: z.string().nullish(),
  Source: z.string().nullish(),
  Destination: z.string(),
  RW: z.boolean(),
})

const hostConfig = z.looseObject({
  Binds: strings,
  Mounts: z
    .array(
      z.looseObject({
        Type: z.string().nullish(),
        Source: z.string().nullish(),
        Target: z.string().nullish(),
      }),
    )
    .nullish(),
  NetworkMode: z.string().nullish(),
  UTSMode: z.string().nullish(),
  PidMode: z.string().nullish(),
  IpcMode: z.string().nullish(),
  Links: strings,
  PortBindings: keys,
  AutoRemove: z.boolean().nullish(),
  RestartPolicy: z
    .object({ Name: z.string().nullish(), MaximumRetryCount: z.number().nullish() })
    .nullish(),
})
export type InspectedHost = z.infer<typeof hostConfig>

export const inspectedContainer = z.looseObject({
  Id: z.string(),
  Created: z.string(),
  Name: z.string().transform((name) => name.replace(/^\//, '')),
  Image: z.string(),
  State: z.looseObject({
    Running: z.boolean(),
    Paused: z.boolean().nullish(),
    Restarting: z.boolean().nullish(),
    FinishedAt: z.string().nullish(),
  }),
  Config: config,
  HostConfig: hostConfig,
  Mounts: z.array(inspectedMount).nullish(),
  NetworkSettings: z.looseObject({ Networks: z.record(z.string(), endpoint).nullish() }),
})
export type InspectedContainer = z.infer<typeof inspectedContainer>

export const inspectedImage = z.looseObject({
  Id: z.string(),
  Created: z.string().nullish(),
  Config: config.nullish(),
})
