import type { Container } from '../../../preload/contract/containers'
import { shortId } from '../../format'

/** What a container is called; the short id of one that is not known, for it has just come or gone. */
export function containerName(
  id: string,
  containers: ReadonlyMap<string, Pick<Container, 'name'>>,
): string {
  return containers.get(id)?.name ?? shortId(id)
}
