import { createHash } from 'node:crypto'

/**
 * The chain ID of each layer: of a layer together with all below it (OCI image-spec, "Layer ChainID").
 *
 * @param diffIds the lowest first
 */
export function chainIdsOf(diffIds: readonly string[]): string[] {
  const chainIds: string[] = []
  for (const diffId of diffIds) {
    const below = chainIds.at(-1)
    const chainId =
      below === undefined
        ? diffId
        : `sha256:${createHash('sha256').update(`${below} ${diffId}`).digest('hex')}`
    chainIds.push(chainId)
  }
  return chainIds
}
