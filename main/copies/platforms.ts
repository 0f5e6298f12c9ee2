import { registryHost, withDefaultTag } from '../../preload/contract/reference'
import { readReference } from '../images/names'
import { readIndex } from '../registries/content'
import type { Registries } from '../registries/registries'

/** The platforms that a name stands for in its registry; none where it stands for a single image. */
export async function platformsOf(
  registries: Registries,
  text: string,
  signal: AbortSignal,
): Promise<string[]> {
  const reference = withDefaultTag(readReference(text))
  const api = await registries.api(registryHost(reference))
  try {
    const named = reference.digest ?? reference.tag ?? ''
    const entries = readIndex(await api.manifest(reference.path, named, { signal }))
    return (entries ?? []).flatMap(({ platform }) => platform ?? [])
  } finally {
    await api.close()
  }
}
