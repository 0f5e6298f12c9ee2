import type { TagDeletion } from '../../preload/contract/registryContents'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import { inParallel } from '../inParallel'
import type { RegistryApi } from './protocol/types'

/** How many tags of a repository are looked at for others of the same manifest. */
export const MOST_TAGS_LOOKED_AT = 1_000
const ASKED_AT_ONCE = 8
const PAGE_SIZE = 200

export interface TagOfRepository {
  repository: string
  tag: string
}

/**
 * What deleting a tag would delete. The distribution protocol deletes a manifest, and with it every tag of
 * it; which those are is found by asking for each.
 *
 * @throws Failure `not-found` when there is no such tag
 */
export async function planDeletion(
  api: RegistryApi,
  { repository, tag }: TagOfRepository,
  signal: AbortSignal,
): Promise<TagDeletion> {
  const digest = await digestOf(api, repository, tag, signal)
  const { names, complete } = await tagsOf(api, repository, signal)
  const same = new Set([tag])
  await inParallel(
    names.filter((name) => name !== tag),
    ASKED_AT_ONCE,
    async (name, ended) => {
      const head = await api.headManifest(repository, name, { signal: ended })
      if (head?.digest === digest) same.add(name)
    },
    signal,
  )
  return { digest, tags: [...same].sort(), complete }
}

/**
 * Deletes the manifest of a tag, if the person has agreed to all that goes with it.
 *
 * @throws Failure `conflict` when the tag stands for something else by now, or other tags for the same
 */
export async function deleteTag(
  api: RegistryApi,
  { repository, tag, digest, tags }: TagOfRepository & { digest: string; tags: readonly string[] },
  signal: AbortSignal,
): Promise<void> {
  const now = await planDeletion(api, { repository, tag }, signal)
  if (now.digest !== digest) {
    throw new Failure('conflict', say`${repository}:${tag} stands for something else by now.`, {
      hint: say`Nothing was deleted. Look at it again first.`,
    })
  }
  const unagreed = now.tags.filter((each) => !tags.includes(each))
  if (unagreed.length > 0) {
    throw new Failure('conflict', say`More tags would go: ${unagreed.slice(0, 20).join(', ')}.`, {
      hint: say`Nothing was deleted. They have come to stand for the same meanwhile: look at it again first.`,
    })
  }
  await api.deleteManifest(repository, digest, { signal })
}

async function digestOf(api: RegistryApi, repository: string, tag: string, signal: AbortSignal) {
  const head = await api.headManifest(repository, tag, { signal })
  if (head !== null) return head.digest
  throw new Failure('not-found', say`${api.host} has no ${repository}:${tag}.`, {
    hint: say`It may have been deleted meanwhile: load the tags again.`,
  })
}

async function tagsOf(api: RegistryApi, repository: string, signal: AbortSignal) {
  const names: string[] = []
  let after: string | null = null
  do {
    const page = await api.tags(repository, { after, pageSize: PAGE_SIZE, signal })
    names.push(...page.names)
    after = page.next
  } while (after !== null && names.length < MOST_TAGS_LOOKED_AT)
  const complete = after === null && names.length <= MOST_TAGS_LOOKED_AT
  return { names: names.slice(0, MOST_TAGS_LOOKED_AT), complete }
}
