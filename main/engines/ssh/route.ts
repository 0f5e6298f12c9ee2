import { say } from '../../../preload/contract/say'
import { Failure } from '../../errors'
import { parseSshHost, type SshHost } from '../endpoint'
import type { HostSettings } from './hostSettings'

/** More hosts in a row than this go round in a circle. */
const longest = 8

/**
 * The hosts on the way, the engine's own last. `jump` (one or more, with commas between) counts more than
 * ssh's settings. Of several hosts the first may have jump hosts of its own; each of the others is reached
 * from the one before it, as with `ssh -J`. Throws `invalid-input`.
 */
export async function routeTo(
  target: SshHost,
  jump: string | null,
  settingsOf: (host: SshHost) => Promise<HostSettings>,
  before = 0,
): Promise<HostSettings[]> {
  if (before >= longest) {
    throw new Failure('invalid-input', say`The jump hosts go round in a circle.`, {
      hint: say`Mend ProxyJump in ~/.ssh/config.`,
    })
  }
  const settings = await settingsOf(target)
  const through = jump ?? settings.proxyJump
  if (through === null) {
    refuseCommand(settings)
    return [settings]
  }
  const [first, ...others] = through.split(',').map((text) => parseSshHost(text.trim()))
  if (!first) return [settings]
  const route = await routeTo(first, null, settingsOf, before + 1)
  for (const each of others) route.push(await settingsOf(each))
  return [...route, settings]
}

function refuseCommand({ host, proxyCommand }: HostSettings): void {
  if (proxyCommand === null) return
  throw new Failure(
    'invalid-input',
    say`ssh reaches ${host} by a ProxyCommand, which is not run here.`,
    {
      hint: say`Give a jump host instead.`,
      engineMessage: proxyCommand,
    },
  )
}
