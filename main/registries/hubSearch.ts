import { z } from 'zod'
import type { HubRepository } from '../../preload/contract/registryContents'
import { say } from '../../preload/contract/say'
import { withDeadline } from '../deadline'
import { Failure } from '../errors'
import { readJson } from './json'
import { Refused, refusal, refusedBy } from './loginRefusal'
import { requestRegistry } from './registryRequest'
import { RequestFailure } from './requestFailure'
import { cappedText } from './text'
import { createTransport } from './transport'

const HUB = new URL('https://hub.docker.com/')
const PAGE_SIZE = 50
const TIMEOUT_MILLIS = 15_000
const OFFICIAL_PREFIX = 'library/'

const count = z.number().nonnegative().catch(0)
const hit = z.object({
  repo_name: z.string().min(1).max(255),
  short_description: z.string().nullish().catch(null),
  star_count: count,
  pull_count: count,
  is_official: z.boolean().catch(false),
})
const answer = z.object({ next: z.string().nullish(), results: z.array(z.unknown()) })

export interface HubSearch {
  text: string
  /** The first is 1. */
  page: number
}

export interface HubFinds {
  repositories: HubRepository[]
  /** There is a further page. */
  more: boolean
}

/**
 * Looks for repositories on Docker Hub, by Hub's own API: it tells pulls, and needs no engine.
 *
 * @param hub - another place that answers as Hub does
 * @throws Failure in words
 */
export async function searchHub(
  { text, page }: HubSearch,
  signal: AbortSignal,
  hub = HUB,
): Promise<HubFinds> {
  const url = new URL('v2/search/repositories/', hub)
  url.searchParams.set('query', text)
  url.searchParams.set('page', String(page))
  url.searchParams.set('page_size', String(PAGE_SIZE))
  const transport = createTransport({ ca: null, unverifiedHostname: null })
  try {
    const given = await withDeadline(
      TIMEOUT_MILLIS,
      (ended) => requestRegistry(transport, url, { signal: ended }),
      signal,
    )
    if (given.status !== 200) throw refusedBy(given)
    return readHubAnswer(given.body)
  } catch (error) {
    signal.throwIfAborted()
    throw inWords(error, url.host)
  } finally {
    await transport.close()
  }
}

/** @throws Failure for what is no answer of Hub's search */
export function readHubAnswer(body: string): HubFinds {
  const read = readJson(answer, body)
  if (read === undefined) {
    throw new Failure('engine-error', say`Docker Hub gave an answer that cannot be read.`, {
      hint: say`Search on hub.docker.com instead, and type the name of the repository here.`,
    })
  }
  const repositories = read.results.flatMap((result) => {
    const { data } = hit.safeParse(result)
    return data === undefined ? [] : [findOf(data)]
  })
  return { repositories, more: typeof read.next === 'string' && read.next !== '' }
}

function findOf(found: z.infer<typeof hit>): HubRepository {
  const { repo_name: name, short_description: description } = found
  return {
    name: name.startsWith(OFFICIAL_PREFIX) ? name.slice(OFFICIAL_PREFIX.length) : name,
    description: cappedText(description ?? '', 500),
    stars: found.star_count,
    pulls: found.pull_count,
    official: found.is_official,
  }
}

function inWords(error: unknown, host: string): unknown {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return failureOf(refusal('timeout', host))
  }
  if (error instanceof RequestFailure && error.reason === 'unreachable') {
    return new Failure('engine-error', say`Docker Hub cannot be reached (${error.detail}).`, {
      hint: say`The search needs the internet: check the network. A repository can be typed without it.`,
      cause: error,
    })
  }
  if (error instanceof RequestFailure || error instanceof Refused) {
    return failureOf(refusal(error.reason, host, error.detail))
  }
  return error
}

function failureOf({ code, message, hint }: ReturnType<typeof refusal>): Failure {
  return new Failure(code, message, { hint })
}
