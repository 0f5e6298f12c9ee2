import { implementContract, streamSignal, type Services } from '../rpc/implementer'

export function alertsProcedures({ alerts }: Services) {
  const procedures = implementContract.alerts
  return {
    watch: procedures.watch.handler(({ signal }) => alerts.watch(streamSignal(signal))),
    opened: procedures.opened.handler(({ signal }) => alerts.opened(streamSignal(signal))),
    save: procedures.save.handler(({ input }) => alerts.save(input)),
    remove: procedures.remove.handler(({ input }) => alerts.remove(input.id)),
    clearRecent: procedures.clearRecent.handler(() => alerts.clearRecent()),
  }
}
