import { z } from 'zod'
import { say } from '../../preload/contract/say'
import type { EngineLink } from '../engines/handshake'
import { Failure } from '../errors'

const answer = z.object({
  State: z.object({
    Running: z.boolean(),
    Paused: z.boolean().nullish(),
    Restarting: z.boolean().nullish(),
    ExitCode: z.number().nullish(),
  }),
  Config: z.object({
    Tty: z.boolean().nullish(),
    OpenStdin: z.boolean().nullish(),
    StdinOnce: z.boolean().nullish(),
  }),
  HostConfig: z.object({ PidMode: z.string().nullish(), IpcMode: z.string().nullish() }),
})

/** What of a container matters to a terminal in it. */
export interface Target {
  id: string
  tty: boolean
  takesInput: boolean
  /** Its standard input ends with the first who attached to it. */
  inputEndsWithViewer: boolean
  /** It sees the processes of the engine's host. */
  hostProcesses: boolean
  /** Others may join its memory that is shared between processes. */
  sharesIpc: boolean
}

/**
 * The one check before a terminal is opened in a container in whatever way: that the engine has it, and
 * that it runs.
 *
 * @param id Full, as the contract demands it: it becomes part of paths.
 */
export async function targetOf(
  link: EngineLink,
  id: string,
  signal?: AbortSignal,
): Promise<Target> {
  const { State, Config, HostConfig } = await inspect(link, id, signal)
  if (State.Paused) {
    throw new Failure('conflict', say`The container is paused.`, { hint: say`Resume it first.` })
  }
  if (!State.Running || State.Restarting) {
    throw new Failure('conflict', say`The container does not run.`, { hint: say`Start it first.` })
  }
  return {
    id,
    tty: Config.Tty ?? false,
    takesInput: Config.OpenStdin ?? false,
    inputEndsWithViewer: Config.StdinOnce ?? false,
    hostProcesses: HostConfig.PidMode === 'host',
    sharesIpc: /^(shareable|host|container:)/.test(HostConfig.IpcMode ?? ''),
  }
}

/** The code that a container ended with; null while it runs. */
export async function exitCodeOf(link: EngineLink, id: string): Promise<number | null> {
  const { State } = await inspect(link, id)
  return State.Running ? null : (State.ExitCode ?? null)
}

async function inspect(link: EngineLink, id: string, signal?: AbortSignal) {
  const raw: unknown = await link.client.call(
    (docker, abortSignal) => docker.getContainer(id).inspect({ abortSignal }),
    { signal },
  )
  return answer.parse(raw)
}
