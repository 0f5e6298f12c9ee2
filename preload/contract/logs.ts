import { z } from 'zod'
import {
  absolutePath,
  containerId,
  engineScope,
  moment,
  procedure,
  startedJob,
  stream,
} from './base'

/**
 * Logs, of one container or of several merged by time. Main keeps the lines of an open log in a file of
 * its own with an index in memory, and the page asks for the lines that it shows: so a log of any length
 * and speed costs the page nothing but what is on the screen, and a slow page loses nothing.
 *
 * Lines are numbered: 0 is the first of those that were read when the log was opened (the last `tail`),
 * later ones count up, and those before it, once they are read, count down from -1. A line keeps its number.
 */

export const logLevels = ['trace', 'debug', 'info', 'warning', 'error', 'fatal'] as const
export type LogLevel = (typeof logLevels)[number]

export interface LogLine {
  number: number
  /** Which of the containers it is of: an index of the `ids` that the log was opened with. */
  source: number
  stream: 'stdout' | 'stderr'
  /** The engine's time stamp, RFC 3339 with nanoseconds; null where it gave none. */
  at: string | null
  /** May hold ANSI escapes; hostile until rendered as text. */
  text: string
  /** The line was longer than 64 KiB and is cut. */
  truncated: boolean
  /** Told from JSON, logfmt and common prefixes; null: it tells none. */
  level: LogLevel | null
  /** The text is one JSON object. */
  json: boolean
  /** Where the pattern matches: begin and end in the text without escapes; 100 at most. */
  marks: [number, number][]
  /** Right before this line the reading was interrupted (the engine went away) and went on without a loss. */
  resumed: boolean
}

/** Which lines are shown: all conditions together. */
export const logFilter = z.object({
  levels: z.array(z.enum(logLevels)).nullable().default(null),
  /** Lines that tell no level are shown too. */
  withoutLevel: z.boolean().default(true),
  streams: z
    .array(z.enum(['stdout', 'stderr']))
    .nullable()
    .default(null),
  /** Indexes of the containers. */
  sources: z.array(z.int().min(0)).nullable().default(null),
  /** Only lines that match the pattern of the search. */
  matching: z.boolean().default(false),
})
export type LogFilter = z.output<typeof logFilter>

/** Characters of a pattern. */
export const MOST_PATTERN = 1_000

export const logPattern = z.object({
  text: z.string().min(1).max(MOST_PATTERN),
  /** A JavaScript regular expression; otherwise plain text. */
  regex: z.boolean().default(false),
  caseSensitive: z.boolean().default(false),
})
export type LogPattern = z.output<typeof logPattern>

/** What is known of an open log; sent when something of it changed, at most every 50 ms. */
export interface LogState {
  /** The numbers that can be read: from `first` to before `end`. */
  first: number
  end: number
  /** The part before line 0. */
  earlier:
    | { state: 'unread' }
    | { state: 'reading'; lines: number; bytes: number }
    | { state: 'read' }
    | { state: 'failed'; message: string }
  /** Lines that gave way because the file may not grow further: they are the oldest. */
  forgotten: number
  sources: ('following' | 'reconnecting' | 'ended' | 'gone')[]
  /**
   * Null without a filter. Shown lines are counted from 0: their index is their place in the view. `first`: the
   * index of the first of them that is still kept.
   */
  filtered: { first: number; count: number; done: boolean } | null
  /** Null without a pattern; of the shown lines. `problem`: why the pattern cannot be searched for. */
  matches: { count: number; done: boolean; problem: string | null } | null
  /** Grows whenever filter or pattern change or the earlier part comes in: indexes of before mean nothing then. */
  view: number
}

export type LogMessage =
  /** Once, first. `logId` is what the other procedures want, as long as this stream is open. */
  | { kind: 'opened'; logId: string; state: LogState; newest: LogLine[] }
  /**
   * `newest`: the last shown lines (200 at most, and less where they are long) if there are new ones, so that
   * who follows need not ask. They come only as long as the page says `seen`.
   */
  | { kind: 'changed'; state: LogState; newest: LogLine[] | null }

/** So many logs can be merged. */
export const MOST_MERGED = 50
/** So many lines can be asked for at once. */
export const MOST_LINES = 2_000

const openLog = z.object({ logId: z.uuid() })

export const saveLogRequest = engineScope.extend({
  kind: z.literal('saveLog'),
  containerId,
  file: absolutePath,
  overwrite: z.boolean(),
  /** Each line begins with the engine's time stamp. Without it the bytes are exactly the container's. */
  timestamps: z.boolean(),
})
export type SaveLogRequest = z.infer<typeof saveLogRequest>

export const saveLogResult = z.object({
  kind: z.literal('saveLog'),
  file: z.string(),
  bytes: z.number(),
})

export const logs = {
  /** Ends when the page goes away; with `follow: false` it stays open too, for what was read can be asked for. */
  open: procedure
    .input(
      engineScope.extend({
        ids: z.array(containerId).min(1).max(MOST_MERGED),
        /** How many lines of each are read at once. */
        tail: z.int().min(1).max(10_000).default(1_000),
        follow: z.boolean().default(true),
      }),
    )
    .output(stream<LogMessage>()),
  /**
   * Lines that are shown. `from`: a line's number without a filter, an index of the view with one. What is
   * not there is left out; of very long lines fewer come, and the others have to be asked for again.
   */
  lines: procedure
    .input(openLog.extend({ from: z.int(), count: z.int().min(1).max(MOST_LINES) }))
    .output(z.custom<{ view: number; from: number; lines: LogLine[] }>()),
  /**
   * Says that the `newest` of a message was taken in. After four messages without it, or without `lines`
   * being asked for, there are none: so a page that is slow is not sent what it cannot take.
   */
  seen: procedure.input(openLog).output(z.void()),
  /** Begins to read what is before line 0, from the log's beginning; `state` tells how far it is. */
  readEarlier: procedure.input(openLog).output(z.void()),
  /** Ends that reading; what was read is let go. */
  stopEarlier: procedure.input(openLog).output(z.void()),
  /** Sets what is shown and what is marked; counts and lists come with `state`. */
  look: procedure
    .input(openLog.extend({ filter: logFilter.nullable(), pattern: logPattern.nullable() }))
    .output(z.void()),
  /** The match at or after (before) a place of the view, going round: its place, and which one it is, from 0. */
  nextMatch: procedure
    .input(openLog.extend({ from: z.int(), direction: z.enum(['before', 'after']) }))
    .output(z.object({ place: z.int(), index: z.int() }).nullable()),
  /** The place of the first shown line with that number or a greater one; null: none is. */
  placeOf: procedure
    .input(openLog.extend({ number: z.int() }))
    .output(z.object({ place: z.int() }).nullable()),
  /** The place of the first shown line at or after a moment; null: none is. Wants the earlier part read. */
  placeAt: procedure
    .input(openLog.extend({ moment }))
    .output(z.object({ place: z.int() }).nullable()),
  /** Writes a container's whole log to a file, as a job. */
  save: procedure.input(saveLogRequest.omit({ kind: true })).output(startedJob),
}
