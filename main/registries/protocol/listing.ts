import { z } from 'zod'
import { say } from '../../../preload/contract/say'
import { nextQuery } from './link'
import { BrokenAnswer } from './failures'
import { pathOf } from './names'
import { CATALOG_SCOPE, repositoryScope } from './scopes'
import { parseJson, readWhole, type Session } from './session'
import type { NamePage, PageCall, RegistryApi } from './types'

const MAX_LIST_BYTES = 8 * 1024 * 1024
const DEFAULT_PAGE_SIZE = 100

const catalogBody = z.object({ repositories: z.array(z.string()).nullable() })
/** `tags` is null when all were deleted (distribution). */
const tagsBody = z.object({ tags: z.array(z.string()).nullish() })

/** The lists of names, page by page (distribution-spec, "Listing Tags"; distribution, "catalog"). */
export function createListing(session: Session): Pick<RegistryApi, 'catalog' | 'tags'> {
  function page(
    { path, scope, thing }: { path: string; scope: string; thing: string },
    call: PageCall,
    namesOf: (body: unknown) => string[],
  ): Promise<NamePage> {
    return session.run(thing, call, async (send) => {
      const { after, pageSize = DEFAULT_PAGE_SIZE } = call
      const query = new URLSearchParams(after ?? { n: String(pageSize) }).toString()
      const answer = await send({
        method: 'GET',
        to: `${path}?${query}`,
        scopes: [scope],
        expect: [200],
        headers: { accept: 'application/json' },
      })
      const names = namesOf(parseJson(await readWhole(answer, MAX_LIST_BYTES)))
      return { names, next: nextQuery(answer.headers.get('link')) }
    })
  }

  return {
    catalog: (call = {}) =>
      page(
        { path: '_catalog', scope: CATALOG_SCOPE, thing: say`the list of its repositories` },
        call,
        (body) => checked(catalogBody, body).repositories ?? [],
      ),
    tags: async (repository, call = {}) =>
      page(
        {
          path: pathOf(repository, 'tags', 'list'),
          scope: repositoryScope(repository, 'pull'),
          thing: repository,
        },
        call,
        (body) => checked(tagsBody, body).tags ?? [],
      ),
  }
}

function checked<Output>(schema: z.ZodType<Output>, body: unknown): Output {
  const result = schema.safeParse(body)
  if (!result.success) throw new BrokenAnswer(say`sent a list that is none`)
  return result.data
}
