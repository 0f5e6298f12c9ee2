import { AsyncIteratorClass } from '@orpc/server'
import { toFailure, toRpcError } from '../errors'
import { log } from '../log'

/**
 * Whatever a procedure throws, at once or in the middle of a stream, leaves as one of the contract's
 * errors. What nobody expected is logged with its stack, which never reaches the page.
 */
export const clientInterceptors = [
  async ({ next }: { next: () => Promise<unknown> }): Promise<unknown> => {
    try {
      const output = await next()
      return output instanceof AsyncIteratorClass ? withTypedErrors(output) : output
    } catch (error) {
      throw typed(error)
    }
  },
]

function typed(error: unknown) {
  const failure = toFailure(error)
  if (failure.code === 'engine-error') log.warn({ error }, 'a procedure failed')
  return toRpcError(failure)
}

function withTypedErrors(source: AsyncIteratorClass<unknown>) {
  return new AsyncIteratorClass(
    async () => {
      try {
        return await source.next()
      } catch (error) {
        throw typed(error)
      }
    },
    async () => {
      await source.return(undefined)
    },
  )
}
