import { implementContract, streamSignal, type Services } from '../rpc/implementer'
import { createNetwork, removeNetworks } from './actions'
import { connectContainer, disconnectContainer } from './connections'
import { inspectNetwork } from './details'

export function networksProcedures({ engines }: Services) {
  const { networks } = implementContract

  return {
    watch: networks.watch.handler(({ input, signal }) =>
      engines.get(input.engineId).networks.watch(streamSignal(signal)),
    ),
    inspect: networks.inspect.handler(({ input }) =>
      inspectNetwork(engines.get(input.engineId).connection.link, input.id, input.reveal),
    ),
    create: networks.create.handler(async ({ input }) => ({
      id: await createNetwork(engines.get(input.engineId), input),
    })),
    remove: networks.remove.handler(({ input }) =>
      removeNetworks(engines.get(input.engineId), input.ids),
    ),
    connect: networks.connect.handler(({ input }) =>
      connectContainer(engines.get(input.engineId), input),
    ),
    disconnect: networks.disconnect.handler(({ input }) =>
      disconnectContainer(engines.get(input.engineId), input),
    ),
  }
}
