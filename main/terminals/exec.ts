import type { Duplex } from 'node:stream'
import { z } from 'zod'
import { say } from '../../preload/contract/say'
import { withDeadline } from '../deadline'
import { openDuplex } from '../engines/duplex'
import type { EngineLink } from '../engines/handshake'
import { postJson } from '../engines/postJson'
import { Failure, toFailure } from '../errors'
import { placeOf } from '../files/place'
import { hangUp, TERMINAL_VARIABLE } from './hangUp'
import type { Peer } from './peer'
import { resize } from './resize'
import { findShells } from './shells'
import type { Target } from './target'
import { untilKnown } from './untilKnown'

/**
 * Keys on which an engine would let go of a terminal. By default Ctrl-P and Ctrl-Q, so that each Ctrl-P is
 * held back until the next key; nobody presses Ctrl-^ so often, and nothing turns it off.
 */
const detachKeys = Array.from({ length: 16 }, () => 'ctrl-^').join(',')

/** An engine that is so slow to hang up is not waited for. */
const hangUpMillis = 5_000

export interface ExecOptions {
  terminalId: string
  /** Null: the most comfortable shell of the container. */
  command: string[] | null
  /** Null: whom the container says. */
  user: string | null
}

const created = z.object({ Id: z.string().regex(/^[a-f0-9]{64}$/) })
const state = z.object({ Running: z.boolean(), ExitCode: z.number().nullish() })

/**
 * Starts a program on a terminal of its own in a container. Throws `not-found` with a hint to debug shells
 * where no command was given and the container has no shell.
 */
export async function openExec(
  link: EngineLink,
  { id }: Target,
  { terminalId, command, user }: ExecOptions,
): Promise<{ peer: Peer; command: string[] }> {
  const argv = command ?? [await bestShell(link, id)]
  const { execId, stream } = await start(link, id, {
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    Tty: true,
    DetachKeys: detachKeys,
    Env: ['TERM=xterm-256color', `${TERMINAL_VARIABLE}=${terminalId}`],
    Cmd: argv,
    ...(user !== null && { User: user }),
  }).catch((error: unknown) => {
    throw startFailure(error, user)
  })
  const peer: Peer = {
    stream,
    tty: true,
    takesInput: true,
    resize: (next) => resize(link, (docker) => docker.getExec(execId), next),
    hangUp: () => withDeadline(hangUpMillis, (within) => hangUp(link, id, terminalId, within)),
    interrupt: () => Promise.resolve(),
    ended: () => untilKnown(() => exitCodeOfExec(link, execId)),
  }
  return { peer, command: argv }
}

async function start(
  link: EngineLink,
  id: string,
  body: object,
): Promise<{ execId: string; stream: Duplex }> {
  const path = `/containers/${id}/exec`
  const execId = created.parse(await postJson(link.client, { path, query: {}, body })).Id
  const stream = await openDuplex(link.client, {
    path: `/exec/${execId}/start`,
    body: { Detach: false, Tty: true },
  })
  return { execId, stream }
}

/** Podman looks for the user before it begins; Docker says it on the terminal. */
function startFailure(error: unknown, user: string | null): unknown {
  const { engineMessage = '' } = toFailure(error)
  if (user === null || !/unable to find (user|group)/i.test(engineMessage)) return error
  return new Failure('invalid-input', say`This container has no user "${user}".`, {
    hint: say`Give one of its /etc/passwd, or a number.`,
    engineMessage,
  })
}

async function bestShell(link: EngineLink, id: string): Promise<string> {
  const [shell] = await findShells(await placeOf(link, id))
  if (shell !== undefined) return shell
  throw new Failure('not-found', say`This container has no shell.`, {
    hint: say`Give a command that it has, or open a debug shell: it brings its own programs.`,
  })
}

async function exitCodeOfExec(link: EngineLink, execId: string): Promise<number | null> {
  const raw: unknown = await link.client.call((docker, abortSignal) =>
    docker.getExec(execId).inspect({ abortSignal }),
  )
  const { Running, ExitCode } = state.parse(raw)
  return Running ? null : (ExitCode ?? null)
}
