import { parseReference } from '../../preload/contract/reference'
import type { Registry, RegistrySettings } from '../../preload/contract/registries'

/** A registry that this machine has to do with. */
export interface KnownRegistry {
  host: string
  login: Registry | null
  /** Null: reached in the usual way. */
  settings: RegistrySettings | null
  /** How many names of local images lead there. */
  names: number
}

/** What Podman calls images by that came from no registry. */
const LOCAL_DOMAIN = 'localhost'

/**
 * The registries that someone is logged in to, that have settings, or that names of local images lead to;
 * sorted by host.
 */
export function knownRegistries({
  logins,
  settings,
  references,
}: {
  logins: readonly Registry[]
  settings: readonly RegistrySettings[]
  /** Names of local images. */
  references: Iterable<string>
}): KnownRegistry[] {
  const known = new Map<string, KnownRegistry>()
  const of = (host: string): KnownRegistry => {
    const found = known.get(host) ?? { host, login: null, settings: null, names: 0 }
    known.set(host, found)
    return found
  }
  for (const login of logins) of(login.host).login = login
  for (const each of settings) of(each.host).settings = each
  for (const reference of references) {
    const host = hostOf(reference)
    if (host !== null) of(host).names += 1
  }
  return [...known.values()].sort((a, b) => a.host.localeCompare(b.host))
}

function hostOf(reference: string): string | null {
  const parsed = parseReference(reference)
  if (!parsed.ok || parsed.reference.domain === LOCAL_DOMAIN) return null
  return parsed.reference.domain.toLowerCase()
}
