import { implementContract, type Services } from '../rpc/implementer'

export function settingsProcedures({ settings }: Services) {
  const procedures = implementContract.settings
  return {
    read: procedures.read.handler(() => settings.read()),
    change: procedures.change.handler(({ input }) =>
      settings.change(
        Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)),
      ),
    ),
  }
}
