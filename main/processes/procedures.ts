import { implementContract, streamSignal, type Services } from '../rpc/implementer'
import { sendSignal } from './signal'
import { watchProcesses } from './watch'

export function processesProcedures({ engines }: Services) {
  const { processes } = implementContract
  return {
    watch: processes.watch.handler(({ input, signal }) =>
      watchProcesses(
        () => engines.get(input.engineId).connection.link,
        input.id,
        streamSignal(signal),
      ),
    ),
    signal: processes.signal.handler(({ input }) =>
      sendSignal(engines.get(input.engineId).connection.link, input),
    ),
  }
}
