import { release } from 'node:os'
import { z } from 'zod'
import { say } from '../../preload/contract/say'
import { withDeadline } from '../deadline'
import { Failure } from '../errors'
import { createClient, type EngineClient } from './client'
import type { Dialect } from './dialect/dialect'
import { dockerDialect } from './dialect/docker'
import { podmanDialect } from './dialect/podman'
import { isPodman, ping } from './probe'
import type { Transport } from './transport'
import { compareVersions } from './versions'

/** The oldest API that Longshore knows: Docker 19.03. */
const oldestApi = '1.40'
/** The newest API whose answers Longshore reads: Docker 29. A newer engine is asked in this one. */
const newestApi = '1.52'

/** What an engine says of itself. */
export interface EngineFacts {
  name: string
  version: string
  apiVersion: string
  platform: string
  cpuCount: number
  memoryBytes: number
  rootless: boolean
  /** Its containers run on this machine's kernel, so that their cgroups can be read here. */
  sharesKernel: boolean
  /** The engine's clock at the handshake, seconds since 1970: events are asked for from here on. */
  clockSeconds: number
}

/** A connected engine. */
export interface EngineLink {
  transport: Transport
  client: EngineClient
  dialect: Dialect
  facts: EngineFacts
}

const versionAnswer = z.object({
  Version: z.string().default(''),
  ApiVersion: z.string().default(''),
  MinAPIVersion: z.string().default(''),
})

const infoAnswer = z.object({
  Name: z.string().default(''),
  NCPU: z.number().default(0),
  MemTotal: z.number().default(0),
  KernelVersion: z.string().default(''),
  OSType: z.string().default('linux'),
  Architecture: z.string().default(''),
  SecurityOptions: z.array(z.string()).nullish(),
  Rootless: z.boolean().nullish(),
  SystemTime: z.string().default(''),
})

/** How long each question of the handshake may take, milliseconds. */
const questionMillis = 5_000

/**
 * Finds out who answers, agrees on an API version, and asks what the engine is. Throws `engine-error`
 * with "incompatible" words for an API that Longshore does not know.
 *
 * @param onAnswer called as soon as somebody answers
 */
export async function shakeHands(
  transport: Transport,
  signal: AbortSignal,
  onAnswer: () => void = () => undefined,
): Promise<EngineLink> {
  await transport.open(signal)
  const podman = await withDeadline(
    questionMillis,
    async (within) => {
      await ping(transport, within)
      onAnswer()
      return isPodman(transport, within)
    },
    signal,
  )
  const dialect = podman ? podmanDialect : dockerDialect

  const unversioned = createClient(transport)
  let apiVersion: string
  let version: string
  try {
    const answer = versionAnswer.parse(
      await unversioned.call((docker) => docker.version(), {
        signal,
        timeoutMillis: questionMillis,
      }),
    )
    version = answer.Version
    apiVersion = negotiate(answer.ApiVersion, answer.MinAPIVersion)
  } finally {
    unversioned.close()
  }

  const client = createClient(transport, apiVersion)
  try {
    const raw: unknown = await client.call((docker) => docker.info(), { signal })
    const info = infoAnswer.parse(raw)
    const security = info.SecurityOptions ?? []
    return {
      transport,
      client,
      dialect,
      facts: {
        name: info.Name,
        version,
        apiVersion,
        platform: `${info.OSType}/${info.Architecture}`,
        cpuCount: info.NCPU,
        memoryBytes: info.MemTotal,
        rootless: info.Rootless ?? security.some((option) => option.includes('rootless')),
        sharesKernel:
          process.platform === 'linux' &&
          transport.endpoint.protocol === 'unix' &&
          info.KernelVersion === release(),
        clockSeconds: Math.floor((Date.parse(info.SystemTime) || Date.now()) / 1000),
      },
    }
  } catch (error) {
    client.close()
    throw error
  }
}

export class IncompatibleEngine extends Failure {}

/** The newest API that both sides know; throws where there is none. */
export function negotiate(engineNewest: string, engineOldest: string): string {
  if (compareVersions(engineNewest, oldestApi) < 0) {
    throw new IncompatibleEngine(
      'engine-error',
      say`This engine speaks API ${engineNewest || say`(unknown)`}; Longshore needs ${oldestApi} or newer.`,
      { hint: say`Update the engine to Docker 19.03, Podman 4, or newer.` },
    )
  }
  if (compareVersions(engineOldest, newestApi) > 0) {
    throw new IncompatibleEngine(
      'engine-error',
      say`This engine needs API ${engineOldest} or newer; Longshore speaks up to ${newestApi}.`,
      { hint: say`Update Longshore.` },
    )
  }
  return compareVersions(engineNewest, newestApi) < 0 ? engineNewest : newestApi
}
