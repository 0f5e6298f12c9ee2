import { findTarget } from '../archives/target'
import { implementContract, streamSignal, type Services } from '../rpc/implementer'

export function logsProcedures({ engines, jobs, logs }: Services) {
  const procedures = implementContract.logs
  return {
    open: procedures.open.handler(({ input: { engineId, ...input }, signal }) => {
      const { connection, containers } = engines.get(engineId)
      const engine = { connection, model: containers }
      return logs.open({ engine, ...input }, streamSignal(signal))
    }),
    lines: procedures.lines.handler(({ input: { logId, from, count } }) =>
      logs.get(logId).lines(from, count),
    ),
    seen: procedures.seen.handler(({ input }) => logs.get(input.logId).seen()),
    readEarlier: procedures.readEarlier.handler(({ input }) => logs.get(input.logId).readEarlier()),
    stopEarlier: procedures.stopEarlier.handler(({ input }) => logs.get(input.logId).stopEarlier()),
    look: procedures.look.handler(({ input: { logId, ...look } }) => logs.get(logId).look(look)),
    nextMatch: procedures.nextMatch.handler(({ input: { logId, from, direction } }) =>
      logs.get(logId).nextMatch(from, direction),
    ),
    placeOf: procedures.placeOf.handler(({ input }) => logs.get(input.logId).placeOf(input.number)),
    placeAt: procedures.placeAt.handler(({ input }) => logs.get(input.logId).placeAt(input.moment)),
    save: procedures.save.handler(async ({ input }) => {
      // Told while the person still looks at the form; the job looks again.
      await findTarget(input.file, input.overwrite)
      return { jobId: jobs.start({ kind: 'saveLog', ...input }) }
    }),
  }
}
