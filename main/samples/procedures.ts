import { implementContract, type Services } from '../rpc/implementer'
import { removeSamples, startSamples } from './samples'

export function samplesProcedures({ engines, jobs }: Services) {
  const { samples } = implementContract
  return {
    start: samples.start.handler(({ input }) => ({
      jobId: startSamples(jobs, engines.get(input.engineId)),
    })),
    remove: samples.remove.handler(async ({ input }) => ({
      containers: await removeSamples(engines.get(input.engineId)),
    })),
  }
}
