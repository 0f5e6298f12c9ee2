import { useRouter } from 'vue-router'
import type { Network } from '../../preload/contract/networks'
import { useApi } from '../api'
import { useEngines } from '../engines/store'
import { useConfirm } from '../ui/useConfirm'
import { useOutcomeToasts } from '../ui/useOutcomeToasts'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'
import { planNetworkRemoval, type NetworkRemoval } from './removal'

/** Removes networks, after saying which go and which ones stay, and why. */
export function useRemoveNetworks() {
  const api = useApi()
  const engines = useEngines()
  const router = useRouter()
  const confirm = useConfirm()
  const tell = useOutcomeToasts()
  const toasts = useToasts()
  const { t } = useWords()

  const usersOf = ({ inUse }: NetworkRemoval) =>
    inUse.map(({ name, members }) =>
      t('networks.remove.usedBy', { name, users: members.map((member) => member.name).join(', ') }),
    )

  /** Nothing can go: says why, and leads to the members. */
  async function explain(plan: NetworkRemoval): Promise<void> {
    const [first] = plan.inUse
    if (first === undefined) {
      toasts.show({ tone: 'info', text: t('networks.remove.builtIn') })
      return
    }
    const { confirmed } = await confirm({
      title: t('networks.remove.inUse', { name: first.name }, plan.inUse.length),
      body: t('networks.remove.inUseBody'),
      items: usersOf(plan),
      confirmLabel: t('networks.remove.showMembers'),
    })
    if (confirmed) await router.push(`/networks/${first.id}`)
  }

  async function ask(plan: NetworkRemoval): Promise<boolean> {
    const [first] = plan.going
    if (first === undefined) return false
    const { inUse, builtIn } = plan
    const { confirmed } = await confirm({
      title: t('networks.remove.title', { name: first.name }, plan.going.length),
      body: [
        ...(inUse.length > 0
          ? [t('networks.remove.staying', { users: usersOf(plan).join('; ') }, inUse.length)]
          : []),
        ...(builtIn.length > 0 ? [t('networks.remove.builtIn')] : []),
        t('networks.remove.body'),
      ].join('\n'),
      items: plan.going.map(({ name }) => name),
      confirmLabel: t('networks.remove.start'),
      danger: true,
    })
    return confirmed
  }

  return async function remove(networks: readonly Network[]): Promise<void> {
    const engineId = engines.currentId
    if (engineId === null || networks.length === 0) return
    const plan = planNetworkRemoval(networks)
    if (plan.going.length === 0) return explain(plan)
    if (!(await ask(plan))) return
    const ids = plan.going.map(({ id }) => id)
    const nameOf = (id: string) => networks.find((network) => network.id === id)?.name ?? id
    await tell(() => api.networks.remove({ engineId, ids }), {
      nameOf,
      done: (name, count) => t('networks.remove.done', { name }, count),
    })
  }
}
