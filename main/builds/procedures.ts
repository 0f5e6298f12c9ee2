import { implementContract, streamSignal, type Services } from '../rpc/implementer'
import { builderOf } from './builder'
import { inspectContext } from './inspectContext'

export function buildsProcedures({ engines, jobs }: Services) {
  const { builds } = implementContract
  return {
    inspectContext: builds.inspectContext.handler(({ input, signal }) =>
      inspectContext(input, streamSignal(signal)),
    ),
    builder: builds.builder.handler(async ({ input }) => {
      const { name, version } = await builderOf(engines.get(input.engineId).connection)
      return { name, version }
    }),
    start: builds.start.handler(({ input }) => ({
      jobId: jobs.start({ kind: 'build', ...input }),
    })),
  }
}
