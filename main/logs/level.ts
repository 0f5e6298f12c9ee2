import type { LogLevel } from '../../preload/contract/logs'
import { plainText } from '../../preload/contract/logText'

/** What a line tells of itself. */
export interface Told {
  level: LogLevel | null
  /** The text is one JSON object. */
  json: boolean
}

/** How much of a line is looked at where it is no JSON: what tells a level stands near the beginning. */
const BEGINNING = 400
/** How many things (a date, a time, a thread, a logger) may stand before the level. */
const MOST_BEFORE = 8

/** Words as log libraries write them, in small letters. */
const levelOfWord: ReadonlyMap<string, LogLevel> = new Map(
  Object.entries({
    trace: ['trace', 'trc', 'trce', 'verbose', 'finest', 'finer'],
    debug: ['debug', 'dbg', 'dbug', 'fine', 'debug1', 'debug2', 'debug3', 'debug4', 'debug5'],
    info: ['info', 'inf', 'information', 'informational', 'notice', 'log', 'config'],
    warning: ['warning', 'warn', 'wrn'],
    error: ['error', 'err', 'eror', 'severe', 'fail'],
    fatal: ['fatal', 'ftl', 'panic', 'critical', 'crit', 'crt', 'alert', 'emerg', 'emergency'],
  } satisfies Record<LogLevel, string[]>).flatMap(([level, words]) =>
    words.map((word) => [word, level as LogLevel] as const),
  ),
)

/** Where JSON logs have it: pino, bunyan, winston, zap, Google, Elastic, Serilog, Python. */
const levelFields = [
  'level',
  'severity',
  'lvl',
  'log.level',
  'loglevel',
  'levelname',
  '@l',
  'Level',
]

/** `level=warn`, `lvl="error"`. */
const logfmt = /(?:^|[\s,])(?:level|lvl|severity|loglevel)=["']?([A-Za-z]{3,13})\b/
/** klog and glog: `W0102 15:04:05.678901`. */
const klog = /^([IWEF])\d{4} \d\d:\d\d:\d\d/
const klogLevels: Readonly<Record<string, LogLevel>> = {
  ...{ I: 'info', W: 'warning', E: 'error', F: 'fatal' },
}
/** A priority of syslog; its lowest three bits are the severity (RFC 5424, 6.2.1). */
const syslog = /^<(\d{1,3})>/
const syslogLevels: readonly LogLevel[] = [
  ...(['fatal', 'fatal', 'fatal', 'error', 'warning', 'info', 'info', 'debug'] as const),
]
/** A word that could be a level, in brackets or not. */
const candidate = /([[(<]?)\s*([A-Za-z]{3,13}\d?)\s*([\])>:]?)(?=[\s:,|\]-]|$)/y
/**
 * What may stand before it: the head of syslog with its host, a bracket with a date, something in brackets,
 * something with a digit, a month, a program's name, a logger's name with a separator behind it, a separator.
 */
const before = new RegExp(
  `(?:${[
    /[A-Z][a-z]{2} [ \d]\d [\d:]{8} \S{1,80}(?=\s)/,
    /\[\d[^\s\]]{0,40}(?=\s)/,
    /\[[^\]]{0,80}\]:?/,
    /[^\s[]{0,80}\d[^\s]{0,80}/,
    /(?:[A-Z][a-z]{2}|UTC|GMT|AM|PM|[EWIDFT],)(?=\s)/,
    /[\w.$/@-]{1,80}(?=\s+[-|]\s)/,
    /[\w./-]{1,40}(?:\[\d{1,10}\])?:(?=\s)/,
    /[-|*#]/,
  ]
    .map(({ source }) => source)
    .join('|')})[\\s|]*`,
  'y',
)

/**
 * Told from JSON, logfmt and common prefixes: `[ERROR]`, `ERROR:`, `W0102 …`, `<3>`, and what nginx, log4j,
 * Python and others put behind date and time. Null where a line tells none: prose with a word in it does not.
 */
export function levelOf(text: string): Told {
  const object = asObject(text)
  if (object) return { level: levelOfObject(object), json: true }
  return { level: levelOfText(plainText(text.slice(0, BEGINNING))), json: false }
}

function asObject(text: string): Record<string, unknown> | null {
  const trimmed = text.trim()
  if (!trimmed.startsWith('{') || !trimmed.endsWith('}')) return null
  try {
    // What begins with a brace is an object or no JSON.
    return JSON.parse(trimmed) as Record<string, unknown>
  } catch {
    return null
  }
}

function levelOfObject(object: Record<string, unknown>): LogLevel | null {
  for (const field of levelFields) {
    if (!(field in object)) continue
    const level = levelOfValue(object[field])
    if (level) return level
  }
  const { log, s } = object
  if (typeof log === 'object' && log !== null && 'level' in log) return levelOfValue(log.level)
  // MongoDB: a letter.
  return typeof s === 'string' && /^[FEWID][1-5]?$/.test(s)
    ? (klogLevels[s.charAt(0)] ?? 'debug')
    : null
}

function levelOfValue(value: unknown): LogLevel | null {
  if (typeof value === 'string') return levelOfWord.get(value.toLowerCase()) ?? null
  if (typeof value !== 'number' || value < 10) return null
  // pino and bunyan: 10, 20, … 60.
  const levels = ['trace', 'debug', 'info', 'warning', 'error', 'fatal'] as const
  return levels[Math.min(Math.floor(value / 10), levels.length) - 1] ?? null
}

function levelOfText(text: string): LogLevel | null {
  const priority = syslog.exec(text)?.[1]
  if (priority !== undefined) return syslogLevels[Number(priority) & 7] ?? null
  const letter = klog.exec(text)?.[1]
  if (letter !== undefined) return klogLevels[letter] ?? null
  return levelOfPrefix(text) ?? levelOfWord.get(logfmt.exec(text)?.[1]?.toLowerCase() ?? '') ?? null
}

function levelOfPrefix(text: string): LogLevel | null {
  let at = text.length - text.trimStart().length
  for (let things = 0; things <= MOST_BEFORE && at < text.length; things++) {
    candidate.lastIndex = at
    const [, opening = '', word = '', closing = ''] = candidate.exec(text) ?? []
    const level = levelOfWord.get(word.toLowerCase())
    // In small letters it may be a word of a sentence.
    const marked = opening !== '' || closing === ':' || text[candidate.lastIndex] === ':'
    if (level && (marked || word === word.toUpperCase())) return level
    before.lastIndex = at
    if (!before.test(text) || before.lastIndex === at) return null
    at = before.lastIndex
  }
  return null
}
