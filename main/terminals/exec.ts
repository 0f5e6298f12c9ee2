import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { TerminalSize } from '../../preload/contract/terminals'
import { openDuplex } from '../engines/duplex'
import type { EngineLink } from '../engines/handshake'
import { postJson } from '../engines/postJson'
import { Failure, isEngineAnswer } from '../errors'
import { hangUp, TERMINAL_VARIABLE } from './hangUp'
import type { Peer } from './peer'
import { findShells } from './shells'
import type { Target } from './target'

/**
 * Keys on which an engine would let go of a terminal. By default Ctrl-P and Ctrl-Q, so that each Ctrl-P is
 * held back until the next key; nobody presses Ctrl-^ so often, and nothing turns it off.
 */
const detachKeys = Array.from({ length: 16 }, () => 'ctrl-^').join(',')

/** After its last output a program's exit code is known within moments. */
const exitCodeMillis = { first: 20, cap: 500, all: 5_000 }

export interface ExecOptions {
  terminalId: string
  /** Null: the most comfortable shell of the container. */
  command: string[] | null
  /** Null: whom the container says. */
  user: string | null
  size: TerminalSize
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
  { terminalId, command, user, size }: ExecOptions,
): Promise<{ peer: Peer; command: string[] }> {
  const argv = command ?? [await bestShell(link, id)]
  const answer = await postJson(link.client, {
    path: `/containers/${id}/exec`,
    query: {},
    body: {
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      Tty: true,
      DetachKeys: detachKeys,
      Env: ['TERM=xterm-256color', `${TERMINAL_VARIABLE}=${terminalId}`],
      Cmd: argv,
      ...(user !== null && { User: user }),
    },
  })
  const execId = created.parse(answer).Id
  const stream = await openDuplex(link.client, {
    path: `/exec/${execId}/start`,
    body: { Detach: false, Tty: true },
  })
  const peer: Peer = {
    stream,
    tty: true,
    takesInput: true,
    resize: (next) => resizeExec(link, execId, next),
    hangUp: () => hangUp(link, id, terminalId, AbortSignal.timeout(5_000)),
    interrupt: () => Promise.resolve(),
    ended: () => exitCodeOfExec(link, execId),
  }
  await peer.resize(size)
  return { peer, command: argv }
}

async function bestShell(link: EngineLink, id: string): Promise<string> {
  const [shell] = await findShells(link, id)
  if (shell !== undefined) return shell
  throw new Failure('not-found', 'This container has no shell.', {
    hint: 'Give a command that it has, or open a debug shell: it brings its own programs.',
  })
}

async function resizeExec(link: EngineLink, execId: string, size: TerminalSize): Promise<void> {
  try {
    await link.client.call((docker, abortSignal) =>
      docker.getExec(execId).resize({ h: size.rows, w: size.columns, abortSignal }),
    )
  } catch (error) {
    // It has ended, or is about to.
    if (!isEngineAnswer(error)) throw error
  }
}

async function exitCodeOfExec(link: EngineLink, execId: string): Promise<number | null> {
  const until = Date.now() + exitCodeMillis.all
  for (let wait = exitCodeMillis.first; ; wait = Math.min(wait * 2, exitCodeMillis.cap)) {
    try {
      const told = state.parse(
        await link.client.call((docker, abortSignal) =>
          docker.getExec(execId).inspect({ abortSignal }),
        ),
      )
      if (!told.Running) return told.ExitCode ?? null
    } catch (error) {
      // Its container is gone, and with it what is known of it.
      if (isEngineAnswer(error)) return null
      throw error
    }
    if (Date.now() > until) return null
    await delay(wait)
  }
}
