import { useRouter } from 'vue-router'
import type { Container } from '../../../preload/contract/containers'
import type { ContainerSettings } from '../../../preload/contract/containerSettings'
import { useApi } from '../../api'
import { useEngines } from '../../engines/store'
import { useToasts } from '../../ui/useToasts'
import { loadCreateDraft } from '../create/loadCreateDraft'
import { useContainers } from '../store'

/** Opens the form of a new container filled with what another was asked to be. */
export function useDuplicate() {
  const api = useApi()
  const engines = useEngines()
  const containers = useContainers()
  const toasts = useToasts()
  const router = useRouter()

  return async function duplicate({ id }: Container): Promise<void> {
    const engineId = engines.currentId
    if (engineId === null) return
    try {
      const { settings } = await api.containers.settings({ engineId, id })
      const draft = await loadCreateDraft()
      const names = new Set([...containers.items.values()].map(({ name }) => name))
      draft.fill(duplicateOf(settings, names), id)
      await router.push('/containers/create')
    } catch (error) {
      toasts.problem(error)
    }
  }
}

/**
 * Settings of a second container beside the first: another name, no address that only one can have, and
 * no part in the Compose project, which would take it for its own.
 */
export function duplicateOf(
  settings: ContainerSettings,
  taken: ReadonlySet<string>,
): ContainerSettings {
  const labels = Object.entries(settings.labels).filter(
    ([key]) => !/^(?:com\.docker|io\.podman)\.compose\./.test(key),
  )
  return {
    ...settings,
    name: freeName(`${settings.name ?? 'container'}-copy`, taken),
    labels: Object.fromEntries(labels),
    networks: settings.networks.map((network) => ({
      ...network,
      ipv4Address: null,
      ipv6Address: null,
    })),
  }
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted
  for (let number = 2; taken.has(name); number++) name = `${wanted}-${number}`
  return name
}
