import { createRouterClient, ORPCError } from '@orpc/server'
import { clientInterceptors } from '../../../main/rpc/interceptors'
import type { AppRouter } from '../../../main/rpc/router'
import { errorCodes, type ErrorCode } from '../../../preload/contract/errors'

/** How long a message of a stream is waited for, milliseconds: many have none to tell. */
const MESSAGE_MILLIS = 20
/** After that a call is given up as a page does that goes away. */
const CALL_MILLIS = 5_000
/** Who has not settled by then hangs. */
const HANG_MILLIS = 30_000

/** How a call ended: well, or with an error of the contract. */
type Ending = 'done' | ErrorCode

/** A call that did not end as the contract says, with its input. */
interface Mistake {
  input: unknown
  what: unknown
}

export interface Asked {
  ask: (input: unknown) => Promise<Ending>
  /** The same without the means against what hangs, for what must not get past the door. */
  askBriefly: (input: unknown) => Promise<Ending>
  mistakes: Mistake[]
}

/**
 * A procedure as both transports call it: validated, and with its errors made typed. A stream is left after
 * its first message. Mistakes are errors that are none of the contract, errors of main's own code behind
 * those (`TypeError` and the like), and calls that never end.
 */
export function askedProcedure(router: AppRouter, [feature, name]: [string, string]): Asked {
  const mistakes: Mistake[] = []
  const client = createRouterClient(router, {
    interceptors: [
      ...clientInterceptors,
      async (call) => {
        try {
          return await call.next()
        } catch (error) {
          if (isOwnMistake(error)) mistakes.push({ input: call.input, what: error })
          throw error
        }
      },
    ],
  })
  const call: unknown = Reflect.get(Reflect.get(client, feature), name)
  if (typeof call !== 'function') throw new Error(`${feature}.${name} is not served.`)
  const run = (input: unknown, signal: AbortSignal): unknown =>
    Reflect.apply(call, undefined, [input, { signal }])
  const endingOf = (error: unknown, input: unknown): Ending => {
    const code = errorCodes.find((each) => error instanceof ORPCError && error.code === each)
    if (code) return code
    mistakes.push({ input, what: error })
    return 'engine-error'
  }
  const { signal: never } = new AbortController()
  return {
    mistakes,
    async askBriefly(input) {
      try {
        await run(input, never)
        return 'done'
      } catch (error) {
        return endingOf(error, input)
      }
    },
    async ask(input) {
      const leaving = new AbortController()
      const timer = setTimeout(() => leaving.abort(), CALL_MILLIS)
      try {
        const answer = await within(HANG_MILLIS, run(input, leaving.signal))
        if (isStream(answer)) await lookInto(answer)
        return 'done'
      } catch (error) {
        return endingOf(error, input)
      } finally {
        clearTimeout(timer)
        leaving.abort()
      }
    },
  }
}

/** Errors that mean that main's own code was not ready for what it was given. */
function isOwnMistake(error: unknown): boolean {
  if (error instanceof ORPCError) return error.code !== 'BAD_REQUEST'
  const ownErrors = [TypeError, RangeError, SyntaxError, ReferenceError]
  return ownErrors.some((kind) => error instanceof kind) || !(error instanceof Error)
}

async function lookInto(stream: AsyncIterator<unknown>): Promise<void> {
  const first = stream.next()
  await Promise.race([first, new Promise((resolve) => setTimeout(resolve, MESSAGE_MILLIS))])
  await within(HANG_MILLIS, stream.return?.())
  await within(HANG_MILLIS, first)
}

function isStream(value: unknown): value is AsyncIterator<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

async function within(millis: number, work: unknown): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined
  const hangs = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('It never ended.')), millis)
  })
  try {
    return await Promise.race([work, hangs])
  } finally {
    clearTimeout(timer)
  }
}
