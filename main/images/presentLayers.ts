import type { Session } from '../engines/session'
import { toFailure } from '../errors'
import { inParallel } from '../inParallel'
import type { FactsKeeper } from '../layers/factsKeeper'
import { chainIdsOf } from './chainIds'
import { fullImageId, listedNames } from './summary'

/** What an engine has of layers that it knows how registries call. */
export interface PresentLayers {
  /** Image ids. */
  images: ReadonlySet<string>
  chainIds: ReadonlySet<string>
  diffIds: ReadonlySet<string>
}

const CALLS_AT_ONCE = 8

/**
 * The layers of the images that came from a registry or went to one: only of those does an engine know
 * by which digests registries call them, and so that it need not ask for them.
 */
export async function presentLayers(
  keeper: FactsKeeper,
  session: Session,
  signal: AbortSignal,
): Promise<PresentLayers> {
  const { link } = session.connection
  // Asked anew: the live list is a moment behind a pull that has just ended.
  const listed = await link.client.call(
    (docker, abortSignal) => docker.listImages({ abortSignal }),
    { signal },
  )
  const shared = listed.filter(({ RepoDigests }) => listedNames(RepoDigests).length > 0)
  const stacks: string[][] = []
  await inParallel(
    shared.map(({ Id }) => fullImageId(Id)),
    CALLS_AT_ONCE,
    async (id, ended) => {
      try {
        stacks.push(await keeper.diffIds(session, id, ended))
      } catch (error) {
        if (toFailure(error).code !== 'not-found') throw error
      }
    },
    signal,
  )
  return {
    images: new Set(listed.map(({ Id }) => fullImageId(Id))),
    chainIds: new Set(stacks.flatMap(chainIdsOf)),
    diffIds: new Set(stacks.flat()),
  }
}
