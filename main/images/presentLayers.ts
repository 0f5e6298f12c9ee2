import { stringsOf } from '../engines/answers'
import type { Session } from '../engines/session'
import { toFailure } from '../errors'
import { inParallel } from '../inParallel'
import { chainIdsOf } from './chainIds'

/** What an engine has of layers that it knows how registries call. */
export interface PresentLayers {
  /** Image ids. */
  images: ReadonlySet<string>
  chainIds: ReadonlySet<string>
  diffIds: ReadonlySet<string>
}

const INSPECTS_AT_ONCE = 8

/** DiffIDs by image id, the lowest first: an image never changes, so each is asked for once. */
const known = new WeakMap<Session, Map<string, string[]>>()

/**
 * The layers of the images that came from a registry or went to one: only of those does an engine know
 * by which digests registries call them, and so that it need not ask for them.
 */
export async function presentLayers(session: Session, signal: AbortSignal): Promise<PresentLayers> {
  const images = session.images.collection.values()
  const diffIdsOf = known.get(session) ?? new Map<string, string[]>()
  known.set(session, diffIdsOf)
  const shared = images.filter(({ digests }) => digests.length > 0)
  await inParallel(
    shared.filter(({ id }) => !diffIdsOf.has(id)),
    INSPECTS_AT_ONCE,
    async ({ id }, ended) => {
      const diffIds = await inspectLayers(session, id, ended)
      if (diffIds !== null) diffIdsOf.set(id, diffIds)
    },
    signal,
  )
  const stacks = shared.flatMap(({ id }) => [diffIdsOf.get(id) ?? []])
  return {
    images: new Set(images.map(({ id }) => id)),
    chainIds: new Set(stacks.flatMap(chainIdsOf)),
    diffIds: new Set(stacks.flat()),
  }
}

/** Null where the image has gone meanwhile. */
async function inspectLayers(
  { connection: { link } }: Session,
  id: string,
  signal: AbortSignal,
): Promise<string[] | null> {
  try {
    const info = await link.client.call((docker) => docker.getImage(id).inspect(), { signal })
    return stringsOf((info.RootFS as Partial<typeof info.RootFS> | undefined)?.Layers)
  } catch (error) {
    if (toFailure(error).code === 'not-found') return null
    throw error
  }
}
