import type { EngineState } from '../../preload/contract/engines'
import { toFailure } from '../errors'
import { IncompatibleEngine } from './handshake'

/** What can happen to a connection. docs/connection.md draws what each does in each state. */
export const connectionEvents = [
  /** Somebody answers at the address. */
  'answered',
  /** The handshake is done: an API version that both sides know, and what the engine is. */
  'agreed',
  /** Everything is listed. */
  'synchronised',
  /** No sign of life in time, and nothing is closed. */
  'silent',
  /** A sign of life. */
  'heard',
  /** An attempt met nobody, and none ever succeeded. */
  'absent',
  /** An attempt met somebody and failed, and none ever succeeded. */
  'failed',
  /** An engine that was connected is not there any more, or not again yet. */
  'lost',
  /** We are not let in, or do not trust who answers. */
  'refused',
  /** It speaks no API that Longshore knows. */
  'mismatched',
] as const

export type ConnectionEvent = (typeof connectionEvents)[number]

type Transitions = Readonly<
  Record<EngineState, Readonly<Partial<Record<ConnectionEvent, EngineState>>>>
>

/**
 * The next state by the present one and the event. An event that a state does not name changes nothing: it
 * comes too late, or tells what is known.
 */
export const transitions = {
  discovering: {
    answered: 'connecting',
    failed: 'connecting',
    lost: 'reconnecting',
    refused: 'unauthorized',
  },
  connecting: {
    synchronised: 'connected',
    absent: 'discovering',
    lost: 'reconnecting',
    refused: 'unauthorized',
    mismatched: 'incompatible',
  },
  connected: {
    silent: 'stale',
    lost: 'reconnecting',
    refused: 'unauthorized',
  },
  stale: {
    heard: 'connected',
    lost: 'reconnecting',
    refused: 'unauthorized',
  },
  reconnecting: {
    answered: 'connecting',
    refused: 'unauthorized',
  },
  unauthorized: {
    answered: 'connecting',
    absent: 'discovering',
    failed: 'connecting',
    lost: 'reconnecting',
  },
  incompatible: {
    // Not as soon as it answers: it would look like another engine at every attempt.
    agreed: 'connecting',
    absent: 'discovering',
    failed: 'connecting',
    lost: 'reconnecting',
    refused: 'unauthorized',
  },
} as const satisfies Transitions

/** Before anything has happened. */
export const initialState: EngineState = 'discovering'

/** The state after the event; the same one where the event means nothing in it. */
export function nextState(state: EngineState, event: ConnectionEvent): EngineState {
  const row: Transitions[EngineState] = transitions[state]
  return row[event] ?? state
}

/** @returns the event that the end of a connection, or of an attempt at one, is. */
export function eventOf(error: unknown, wasConnected: boolean): ConnectionEvent {
  if (error instanceof IncompatibleEngine) return 'mismatched'
  const { code } = toFailure(error)
  if (refusals.has(code)) return 'refused'
  if (wasConnected) return 'lost'
  return code === 'engine-unreachable' ? 'absent' : 'failed'
}

/** A person has to do something, on our side or on the engine's, before it can succeed. */
const refusals: ReadonlySet<string> = new Set<ReturnType<typeof toFailure>['code']>([
  'permission-denied',
  'unauthorized',
  'untrusted-host',
])
