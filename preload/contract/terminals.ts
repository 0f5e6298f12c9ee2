import { z } from 'zod'
import {
  containerId,
  engineScope,
  moment,
  procedure,
  referenceText,
  stream,
  type CollectionMessage,
} from './base'
import { problem } from './errors'
import { say } from './say'

/**
 * Terminals live in main: leaving the page ends nothing, and who comes back is given the screen as it is
 * now. Text crosses as strings; main keeps characters whole that the engine cuts in two.
 */

/**
 * `exec`: a program beside the container's own; `attach`: the container's main process; `debug`: a shell in
 * a container beside it, made for that, with its processes and its network.
 */
export const terminalKinds = ['exec', 'attach', 'debug'] as const

const terminalId = z.uuid()

/** Characters that fit on the screen. */
const terminalSize = z.object({
  columns: z.int().min(2).max(1_000),
  rows: z.int().min(1).max(500),
})
export type TerminalSize = z.infer<typeof terminalSize>

/** A user or an id, with a group or without. */
export const userName = z
  .string()
  .max(255)
  .regex(/^[a-zA-Z0-9_.][a-zA-Z0-9_.-]*(:[a-zA-Z0-9_.][a-zA-Z0-9_.-]*)?$/, {
    error: () => say`A name or a number, with ":group" or without.`,
  })

const [program, argument] = [
  z
    .string()
    .min(1)
    .max(4_096)
    .regex(/^[^-]/, { error: () => say`A program; its name may not begin with "-".` }),
  z.string().max(32_768),
]
/** A program and its arguments, which no shell reads. */
const command = z.tuple([program], argument).refine(({ length }) => length <= 1_000)

export const terminal = z.object({
  id: terminalId,
  containerId,
  kind: z.enum(terminalKinds),
  /** What the program calls itself; hostile, and empty where it says nothing. At most 100 characters. */
  title: z.string(),
  /** Of the container's main process nothing is told here. */
  command: z.array(z.string()),
  /** Empty: whom the container or the image says. */
  user: z.string(),
  /** Of a debug shell. */
  image: z.string().nullable(),
  /** A debug shell has the container's volumes. */
  withVolumes: z.boolean(),
  /** False: typing reaches nobody, for its standard input is closed. */
  takesInput: z.boolean(),
  startedAt: moment,
  endedAt: moment.nullable(),
  state: z.enum(['running', 'ended']),
  /** Null also where it cannot be known. */
  exitCode: z.number().nullable(),
  /** Why the connection ended before the program did. */
  problem: problem.nullable(),
})
export type Terminal = z.infer<typeof terminal>

/** What can be opened in a container that runs. */
export const terminalWays = z.object({
  /** Paths of the shells that it has, the most comfortable first. */
  shells: z.array(z.string()),
  attach: z.object({
    /** It has a terminal of its own. Without one, lines are sent as they are finished. */
    tty: z.boolean(),
    takesInput: z.boolean(),
    /** Its standard input ends with the first who attached to it. */
    inputEndsWithViewer: z.boolean(),
  }),
  /** A debug shell sees all processes of the host, because the container does. */
  hostProcesses: z.boolean(),
})
export type TerminalWays = z.infer<typeof terminalWays>

const target = engineScope.extend({ containerId })
const opening = target.extend(terminalSize.shape)

export const openTerminal = z.discriminatedUnion('kind', [
  opening.extend({
    kind: z.literal('exec'),
    /** Left out: the most comfortable shell that the container has. */
    command: command.optional(),
    user: userName.optional(),
  }),
  opening.extend({ kind: z.literal('attach') }),
  opening.extend({
    kind: z.literal('debug'),
    /** A local image with a shell. */
    image: referenceText,
    user: userName.optional(),
    /** The container's volumes, at the same paths. */
    withVolumes: z.boolean().default(false),
    /** What the person was told and accepted; else `confirmation-needed`. */
    acceptedDangers: z.array(z.enum(['host-pid'])).default([]),
  }),
])
export type OpenTerminal = z.input<typeof openTerminal>

/** Begins with the screen; ends after the program's last output. */
export type TerminalOutput =
  /** Everything so far, as far back as it is kept: what was drawn before goes. */
  | ({ kind: 'screen'; viewerId: number; data: string } & TerminalSize)
  /** To be acknowledged once it is drawn. */
  | { kind: 'data'; data: string }
  /** Another viewer made it another size. */
  | ({ kind: 'size' } & TerminalSize)

/**
 * A viewer that was sent more characters than `most` (as UTF-16) without acknowledging them stops the
 * program's output, until fewer than `few` are left: as in VS Code.
 */
export const unacknowledged = { most: 100_000, few: 5_000 }

/** Of one `write`; longer text is written in pieces. */
export const MOST_WRITTEN = 32_768

const oneTerminal = z.object({ terminalId })
const oneViewer = oneTerminal.extend({ viewerId: z.int() })

export const terminals = {
  /** Those of all containers of an engine, ended ones too until they are closed. */
  watch: procedure.input(engineScope).output(stream<CollectionMessage<Terminal>>()),
  ways: procedure.input(target).output(terminalWays),
  open: procedure.input(openTerminal).output(oneTerminal),
  /** The terminal takes the size of who looks at it last. */
  output: procedure.input(oneTerminal.extend(terminalSize.shape)).output(stream<TerminalOutput>()),
  acknowledge: procedure.input(oneViewer.extend({ characters: z.int().min(0) })).output(z.void()),
  /** Resolves when the engine has taken it: whoever waits for that keeps the order. */
  write: procedure
    .input(oneTerminal.extend({ data: z.string().max(MOST_WRITTEN) }))
    .output(z.void()),
  resize: procedure.input(oneViewer.extend(terminalSize.shape)).output(z.void()),
  /**
   * Takes it off the list. A program that was started for it is hung up, as by any terminal that is closed.
   * What goes on: nothing, that program, or the container's main process.
   */
  close: procedure
    .input(oneTerminal)
    .output(z.object({ goesOn: z.enum(['nothing', 'program', 'main-process']) })),
}
