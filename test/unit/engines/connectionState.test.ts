import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  connectionEvents,
  eventOf,
  initialState,
  nextState,
  transitions,
  type ConnectionEvent,
} from '../../../main/engines/connectionState'
import { IncompatibleEngine } from '../../../main/engines/handshake'
import { timeoutError } from '../../../main/deadline'
import { Failure } from '../../../main/errors'
import { engineStates, type EngineState } from '../../../preload/contract/engines'

/** Every state by every event, in words; `-`: stays as it is. */
const table = `
                discovering   connecting    connected     stale         reconnecting  unauthorized  incompatible
  answered      connecting    -             -             -             connecting    connecting    -
  agreed        -             -             -             -             -             -             connecting
  synchronised  -             connected     -             -             -             -             -
  silent        -             -             stale         -             -             -             -
  heard         -             -             -             connected     -             -             -
  absent        -             discovering   -             -             -             discovering   discovering
  failed        connecting    -             -             -             -             connecting    connecting
  lost          reconnecting  reconnecting  reconnecting  reconnecting  -             reconnecting  reconnecting
  refused       unauthorized  unauthorized  unauthorized  unauthorized  unauthorized  -             unauthorized
  mismatched    -             incompatible  -             -             -             -             -
`

const [head = [], ...rows] = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/))
const cells = rows.flatMap(([event = '', ...nexts]) =>
  nexts.map((next, column) => {
    const state = head[column] ?? ''
    return { state, event, next: next === '-' ? state : next }
  }),
)

const isState = (name: string): name is EngineState => engineStates.some((state) => state === name)
const isEvent = (name: string): name is ConnectionEvent =>
  connectionEvents.some((event) => event === name)

describe('the states of a connection', () => {
  test('the table is of all states and all events', () => {
    expect([...head].sort()).toEqual([...engineStates].sort())
    expect(rows.map(([event]) => event)).toEqual([...connectionEvents])
    expect(cells).toHaveLength(engineStates.length * connectionEvents.length)
  })

  test.each(cells)('$state, $event: $next', ({ state, event, next }) => {
    if (!isState(state) || !isEvent(event)) throw new Error('The table names what is not there.')
    expect(nextState(state, event)).toBe(next)
  })

  test('whatever happens, a connection is in one of them, and connected only by a handshake', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...connectionEvents), { maxLength: 40 }), (events) => {
        let state = initialState
        // Since the last time that it was not connected, nor stale.
        let [isAnswered, isSynchronised] = [false, false]
        for (const event of events) {
          const before = state
          state = nextState(state, event)
          expect(engineStates).toContain(state)
          if (state === 'connecting' && before !== 'connecting') isAnswered = true
          if (before === 'connecting' && event === 'synchronised') isSynchronised = true
          if (state === 'connected' || state === 'stale') {
            expect({ isAnswered, isSynchronised }).toEqual({
              isAnswered: true,
              isSynchronised: true,
            })
          } else isSynchronised = false
        }
      }),
    )
  })

  test('from each of them every other one can be reached', () => {
    for (const from of engineStates) {
      const reached = new Set<EngineState>([from])
      for (const state of reached) {
        for (const event of connectionEvents) reached.add(nextState(state, event))
      }
      expect([...reached].sort()).toEqual([...engineStates].sort())
    }
  })

  test('the drawing in the documentation is of exactly these transitions', () => {
    const text = readFileSync(resolve('docs/connection.md'), 'utf8')
    const drawing = /```mermaid\n(.*?)```/s.exec(text)?.[1] ?? ''
    const drawn = [...drawing.matchAll(/^ *(\w+) --> (\w+): (.+)$/gm)].flatMap(
      ([, from, to, labels = '']) => labels.split(', ').map((event) => `${from} ${event} ${to}`),
    )
    const coded = Object.entries(transitions).flatMap(([from, row]) =>
      Object.entries(row).map(([event, to]) => `${from} ${event} ${to}`),
    )
    expect(drawn.sort()).toEqual(coded.sort())
    expect(/\[\*\] --> (\w+)/.exec(drawing)?.[1]).toBe(initialState)
    for (const name of [...engineStates, ...connectionEvents]) {
      expect(text).toMatch(new RegExp(`^\\| ${name} +\\|`, 'm'))
    }
  })
})

describe('what the end of an attempt is', () => {
  const system = (code: string) => Object.assign(new Error(code), { code })
  test.each([
    ['no such socket', system('ENOENT'), 'absent', 'lost'],
    ['nobody listens', system('ECONNREFUSED'), 'absent', 'lost'],
    ['no answer in time', timeoutError(), 'failed', 'lost'],
    ['nonsense', new SyntaxError('Unexpected token'), 'failed', 'lost'],
    ['no right to the socket', system('EACCES'), 'refused', 'refused'],
    ['a host that is not trusted', new Failure('untrusted-host', ''), 'refused', 'refused'],
    ['a login that is refused', new Failure('unauthorized', ''), 'refused', 'refused'],
    [
      'an API that nobody knows',
      new IncompatibleEngine('engine-error', ''),
      'mismatched',
      'mismatched',
    ],
  ] as const)('%s', (_, error, never, once) => {
    expect(eventOf(error, false)).toBe(never)
    expect(eventOf(error, true)).toBe(once)
  })
})
