import type { NamePage } from '../../preload/contract/registryContents'
import { say } from '../../preload/contract/say'
import { Failure, toFailure } from '../errors'
import type { NamePage as AnsweredPage, PageCall, RegistryApi } from './protocol/types'
import { RegistryFailure } from './protocol/failures'

/** No name that a registry may have is longer (distribution/reference). */
const MOST_CHARACTERS = 255
const MOST_NAMES = 10_000

/** A page of the repositories of a registry. */
export async function catalogPage(api: RegistryApi, call: PageCall): Promise<NamePage> {
  try {
    return cappedPage(await api.catalog(call))
  } catch (error) {
    throw inWordsOfCatalog(error, api.host)
  }
}

/** A page of the tags of a repository. */
export async function tagsPage(
  api: RegistryApi,
  repository: string,
  call: PageCall,
): Promise<NamePage> {
  return cappedPage(await api.tags(repository, call))
}

/** What cannot be a name is left out: it could not be asked for either. */
function cappedPage({ names, next }: AnsweredPage): NamePage {
  const short = names.filter((name) => name.length <= MOST_CHARACTERS)
  return { names: short.slice(0, MOST_NAMES), next }
}

const REFUSING: ReadonlySet<string> = new Set(['unauthorized', 'not-found', 'conflict'])

/** Most public registries have no list of repositories, or none for everybody; what they have can be named. */
function inWordsOfCatalog(error: unknown, host: string): unknown {
  const { code, engineMessage } = toFailure(error)
  if (!(error instanceof RegistryFailure) || !REFUSING.has(code)) return error
  return new Failure(code, say`${host} does not list its repositories.`, {
    hint: say`Type the name of a repository to see its tags. Docker Hub and most cloud registries list none at all; others only to an account that may see all.`,
    engineMessage,
    cause: error,
  })
}
