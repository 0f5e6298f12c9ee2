import { implementContract, streamSignal, type Services } from '../rpc/implementer'
import { platformsOf } from './platforms'

export function copiesProcedures({ jobs, registries }: Services) {
  const { copies } = implementContract
  return {
    platforms: copies.platforms.handler(({ input, signal }) =>
      platformsOf(registries, input.from, streamSignal(signal)),
    ),
    start: copies.start.handler(({ input }) => ({ jobId: jobs.start({ kind: 'copy', ...input }) })),
  }
}
