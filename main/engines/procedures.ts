import { askFacts } from './facts/ask'
import { implementContract, streamSignal, type Services } from '../rpc/implementer'

export function enginesProcedures({ engines }: Services) {
  const procedures = implementContract.engines
  return {
    watch: procedures.watch.handler(({ signal }) => engines.live.watch(streamSignal(signal))),
    add: procedures.add.handler(async ({ input }) => ({ engineId: await engines.add(input) })),
    change: procedures.change.handler(async ({ input: { engineId, settings } }) => ({
      engineId: await engines.change(engineId, settings),
    })),
    remove: procedures.remove.handler(({ input }) => engines.remove(input.engineId)),
    test: procedures.test.handler(({ input, signal }) => engines.test(input, streamSignal(signal))),
    facts: procedures.facts.handler(({ input: { engineId, reveal }, signal }) =>
      askFacts(engines.get(engineId).connection.link, reveal, signal),
    ),
    diskUsage: procedures.diskUsage.handler(({ input, signal }) => {
      const { connection, diskMeasuring } = engines.get(input.engineId)
      return diskMeasuring.measure(connection.link, streamSignal(signal))
    }),
    search: procedures.search.handler(() => engines.search()),
    reconnect: procedures.reconnect.handler(({ input }) =>
      engines.get(input.engineId).connection.reconnectNow(),
    ),
    trustHost: procedures.trustHost.handler(({ input }) => engines.trustHost(input)),
  }
}
