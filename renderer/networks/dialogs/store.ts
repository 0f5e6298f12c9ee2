import { defineStore } from 'pinia'
import type { Container } from '../../../preload/contract/containers'
import type { Network } from '../../../preload/contract/networks'
import { openable } from '../../ui/openable'

/** The dialogs about networks. `connect`: one of the two is known, the other is chosen. */
export type NetworkDialog =
  | { kind: 'create' | 'prune' }
  | { kind: 'connect'; network: Network | null; container: Container | null }

/** Which dialog about networks is open. */
export const useNetworkDialogs = defineStore('network-dialogs', () => {
  const { shown: dialog, open, openings, show } = openable<NetworkDialog>()

  const create = () => show({ kind: 'create' })
  const prune = () => show({ kind: 'prune' })
  const connectTo = (network: Network) => show({ kind: 'connect', network, container: null })
  const connect = (container: Container) => show({ kind: 'connect', network: null, container })

  return { dialog, open, openings, create, prune, connectTo, connect }
})
