import { withoutSecrets } from '../builds/withheld'
import { implementContract, streamSignal, type Services } from '../rpc/implementer'

export function settingsProcedures({ settings }: Services) {
  const procedures = implementContract.settings
  return {
    read: procedures.read.handler(() => settings.read()),
    watch: procedures.watch.handler(({ signal }) => settings.watch(streamSignal(signal))),
    change: procedures.change.handler(({ input: { buildForm, ...input } }) =>
      settings.change({
        ...Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)),
        // Kept for weeks: secrets are typed again.
        ...(buildForm !== undefined && { buildForm: buildForm && withoutSecrets(buildForm) }),
      }),
    ),
  }
}
