import { implementContract, streamSignal, type Services } from '../rpc/implementer'

export function terminalsProcedures({ engines, terminals: service }: Services) {
  const { terminals } = implementContract
  return {
    watch: terminals.watch.handler(({ input, signal }) => {
      // Throws where there is no such engine.
      engines.get(input.engineId)
      return service.list(input.engineId).watch(streamSignal(signal))
    }),
    ways: terminals.ways.handler(({ input }) => service.ways(input.engineId, input.containerId)),
    open: terminals.open.handler(({ input }) => service.open(input)),
    output: terminals.output.handler(({ input: { terminalId, ...size }, signal }) =>
      service.get(terminalId).output(size, streamSignal(signal)),
    ),
    acknowledge: terminals.acknowledge.handler(({ input }) =>
      service.get(input.terminalId).acknowledge(input.viewerId, input.characters),
    ),
    write: terminals.write.handler(({ input }) => service.get(input.terminalId).write(input.data)),
    resize: terminals.resize.handler(({ input: { terminalId, viewerId, ...size } }) =>
      service.get(terminalId).resize(viewerId, size),
    ),
    close: terminals.close.handler(async ({ input }) => ({
      goesOn: await service.close(input.terminalId),
    })),
  }
}
