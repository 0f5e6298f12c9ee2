import type { Network } from '../../preload/contract/networks'

/** What removing some networks takes, and what stays, for the question before it is done. */
export interface NetworkRemoval {
  /** Made by a person, with nothing connected. */
  going: Network[]
  /** Containers are connected, running or not. */
  inUse: Network[]
  /** They come with the engine. */
  builtIn: Network[]
}

export function planNetworkRemoval(networks: readonly Network[]): NetworkRemoval {
  const own = networks.filter(({ builtIn }) => !builtIn)
  return {
    going: own.filter(({ members }) => members.length === 0),
    inUse: own.filter(({ members }) => members.length > 0),
    builtIn: networks.filter(({ builtIn }) => builtIn),
  }
}
