import { implementContract, streamSignal, type Services } from '../rpc/implementer'

export function enginesProcedures({ engines }: Services) {
  const procedures = implementContract.engines
  return {
    watch: procedures.watch.handler(({ signal }) => engines.live.watch(streamSignal(signal))),
    search: procedures.search.handler(() => engines.search()),
    reconnect: procedures.reconnect.handler(({ input }) =>
      engines.get(input.engineId).connection.reconnectNow(),
    ),
  }
}
