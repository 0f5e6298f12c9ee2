import { implementContract, streamSignal, type Services } from '../rpc/implementer'
import { createVolume, removeVolumes } from './actions'
import { inspectVolume } from './details'

export function volumesProcedures({ engines }: Services) {
  const { volumes } = implementContract
  const linkOf = (engineId: string) => engines.get(engineId).connection.link

  return {
    watch: volumes.watch.handler(({ input, signal }) =>
      engines.get(input.engineId).volumes.collection.watch(streamSignal(signal)),
    ),
    inspect: volumes.inspect.handler(({ input }) =>
      inspectVolume(linkOf(input.engineId), input.id, input.reveal),
    ),
    create: volumes.create.handler(async ({ input }) => ({
      id: await createVolume(linkOf(input.engineId), input),
    })),
    remove: volumes.remove.handler(({ input }) => removeVolumes(linkOf(input.engineId), input.ids)),
  }
}
