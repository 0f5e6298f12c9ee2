import { implementContract, streamSignal, type Services } from '../rpc/implementer'

export function statsProcedures({ engines }: Services) {
  const { stats } = implementContract
  return {
    watch: stats.watch.handler(({ input, signal }) =>
      engines.get(input.engineId).stats.watch(streamSignal(signal)),
    ),
    history: stats.history.handler(({ input }) => engines.get(input.engineId).stats.history(input)),
    marks: stats.marks.handler(({ input, signal }) =>
      engines.get(input.engineId).stats.watchMarks(input.id, streamSignal(signal)),
    ),
  }
}
