import { computed, ref } from 'vue'
import { contains, parseAddress, parseBlock } from '../../../preload/contract/addresses'
import type { Container } from '../../../preload/contract/containers'
import { networkAlias, type Network } from '../../../preload/contract/networks'
import { useContainers } from '../../containers/store'
import { useWords } from '../../words'
import { takesConnections } from '../reach'
import { useNetworks } from '../store'

const byName = (left: { name: string }, right: { name: string }) =>
  left.name.localeCompare(right.name)

/** A connection while it is chosen: what can be chosen, and what speaks against what is typed. */
export function useConnection(known: { network: Network | null; container: Container | null }) {
  const networks = useNetworks()
  const containers = useContainers()
  const { t } = useWords()
  const networkId = ref(known.network?.id ?? '')
  const containerId = ref(known.container?.id ?? '')
  const aliases = ref('')
  const address = ref('')

  const all = computed(() => [...networks.items.values()])
  /** On the host's network, on none, or in another container's: it cannot be connected. */
  const fixed = computed(
    () =>
      new Set(
        all.value.flatMap((network) =>
          network.members
            .filter(({ joins }) => joins !== null || !takesConnections(network))
            .map((member) => member.containerId),
        ),
      ),
  )
  const isOn = (network: Network, id: string) =>
    network.members.some((member) => member.containerId === id)
  const networkChoices = computed(() =>
    all.value
      .filter((network) => takesConnections(network) && !isOn(network, containerId.value))
      .sort(byName),
  )
  const containerChoices = computed(() => {
    const network = networks.items.get(networkId.value)
    return [...containers.items.values()]
      .filter(({ id }) => !fixed.value.has(id) && !(network && isOn(network, id)))
      .sort(byName)
  })

  const network = computed(() => networks.items.get(networkId.value))
  const names = computed(() => aliases.value.split(/[\s,]+/).filter((name) => name !== ''))
  const aliasError = computed(() => {
    const bad = names.value.find((name) => !networkAlias.safeParse(name).success)
    return bad === undefined ? undefined : t('networks.connect.badAlias', { alias: bad })
  })
  const addressError = computed(() => {
    const typed = address.value.trim()
    if (typed === '' || !network.value) return undefined
    const parsed = parseAddress(typed)
    if (!parsed) return t('networks.connect.badAddress')
    const { subnets, members } = network.value
    const inside = subnets.some(({ subnet }) => {
      const block = parseBlock(subnet)
      return block !== null && contains(block, parsed)
    })
    if (!inside) {
      const all = subnets.map(({ subnet }) => subnet).join(', ')
      return t('networks.connect.outside', { subnets: all })
    }
    const holder = members.find(({ ipv4, ipv6, fixedIpv4 }) =>
      [ipv4, ipv6, fixedIpv4].includes(typed),
    )
    return holder && t('networks.connect.taken', { name: holder.name })
  })
  const ready = computed(
    () =>
      network.value !== undefined &&
      containerId.value !== '' &&
      aliasError.value === undefined &&
      addressError.value === undefined,
  )

  /** What is sent. */
  function connection() {
    const typed = address.value.trim()
    const isIpv6 = typed.includes(':')
    return {
      id: networkId.value,
      containerId: containerId.value,
      aliases: network.value?.resolvesNames ? names.value : [],
      ipv4: typed === '' || isIpv6 ? null : typed,
      ipv6: isIpv6 ? typed : null,
    }
  }

  return {
    ...{ networkId, containerId, aliases, address, network, networkChoices, containerChoices },
    ...{ aliasError, addressError, ready, connection },
  }
}
