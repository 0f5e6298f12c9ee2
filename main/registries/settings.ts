import type { RegistrySettings } from '../../preload/contract/registries'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import { createQueue } from '../queue'
import { readAuthority } from './authority'
import { canonicalHost, isLoopback } from './hosts'
import type { RegistrySettingsFile } from './settingsFile'

/** How a registry is reached when nobody said anything. */
export function usualSettings(host: string): RegistrySettings {
  return { host, plainHttp: false, ca: null, skipVerify: false, mirrors: [] }
}

export interface Settings {
  /** Those that are not the usual ones, by host. */
  all(): Promise<RegistrySettings[]>
  of(host: string): Promise<RegistrySettings>
  /**
   * Keeps them. The usual ones are forgotten.
   *
   * @throws Failure `confirmation-needed` with the dangers where protection is newly given up and that
   *   is not `confirmed`; `invalid-input` for an authority or mirrors that cannot be
   */
  change(settings: RegistrySettings, confirmed: boolean): Promise<void>
}

/** The settings of registries: read once, then kept in memory and in the file. */
export function createSettings(file: Pick<RegistrySettingsFile, 'read' | 'write'>): Settings {
  const exclusively = createQueue()
  let read: Promise<Map<string, RegistrySettings>> | null = null

  function byHost(): Promise<Map<string, RegistrySettings>> {
    read ??= file.read().then((all) => new Map(all.map((each) => [each.host, each])))
    return read
  }

  return {
    async all() {
      return [...(await byHost()).values()].sort((a, b) => a.host.localeCompare(b.host))
    },
    async of(host) {
      return (await byHost()).get(host) ?? usualSettings(host)
    },
    change: (given, confirmed) =>
      exclusively(async () => {
        const settings = canonical(given)
        await check(settings)
        const kept = await byHost()
        const { host } = settings
        const dangers = newDangers(kept.get(host) ?? usualSettings(host), settings)
        if (dangers.length > 0 && !confirmed) {
          throw new Failure('confirmation-needed', say`This gives up protection for ${host}.`, {
            dangers,
          })
        }
        const changed = new Map(kept)
        if (isUsual(settings)) changed.delete(host)
        else changed.set(host, settings)
        await file.write([...changed.values()])
        read = Promise.resolve(changed)
      }),
  }
}

function canonical({ host, mirrors, ...others }: RegistrySettings): RegistrySettings {
  return { ...others, host: canonicalHost(host), mirrors: mirrors.map(canonicalHost) }
}

async function check({ host, ca, mirrors }: RegistrySettings): Promise<void> {
  if (ca !== null) await readAuthority(ca)
  if (mirrors.includes(host) || new Set(mirrors).size < mirrors.length) {
    throw new Failure(
      'invalid-input',
      say`A mirror is another host than the registry, named once.`,
      {
        hint: say`Take what is double, and ${host} itself, out of the mirrors.`,
      },
    )
  }
}

/** What the person must accept before it comes into force. This machine's own registries are no danger. */
function newDangers(before: RegistrySettings, after: RegistrySettings): string[] {
  const { host } = after
  if (isLoopback(host)) return []
  const dangers: string[] = []
  if (after.plainHttp && !before.plainHttp) {
    dangers.push(
      say`Everything goes to ${host} unprotected, passwords included: whoever is in between can read it and change images.`,
    )
  }
  if (after.skipVerify && !before.skipVerify) {
    dangers.push(
      say`Any certificate is taken for ${host}: whoever is in between can pretend to be it, read your password and change images.`,
    )
  }
  return dangers
}

function isUsual({ plainHttp, ca, skipVerify, mirrors }: RegistrySettings): boolean {
  return !plainHttp && ca === null && !skipVerify && mirrors.length === 0
}
