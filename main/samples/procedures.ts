import { implementContract, type Services } from '../rpc/implementer'
import { removeSamples } from './samples'

export function samplesProcedures({ engines, jobs }: Services) {
  const { samples } = implementContract
  return {
    start: samples.start.handler(({ input }) => ({
      jobId: jobs.start({ kind: 'samples', ...input }),
    })),
    remove: samples.remove.handler(async ({ input }) => ({
      containers: await removeSamples(engines.get(input.engineId)),
    })),
  }
}
