import { describe, expect, it, onTestFinished } from 'vitest'
import { catalogPage, tagsPage } from '../../../main/registries/names'
import { createRegistryApi } from '../../../main/registries/protocol/api'
import { serveHttp } from './servers'

async function apiThatAnswers(status: number, body: unknown) {
  const { host } = await serveHttp((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  })
  const api = createRegistryApi({
    host,
    scheme: 'http',
    ca: null,
    skipVerify: false,
    credential: null,
  })
  onTestFinished(() => api.close())
  return api
}

describe('a list of repositories', () => {
  it.each([401, 403, 404, 405])(
    'that is refused with %i says what to do instead',
    async (status) => {
      const errors = [{ code: 'UNSUPPORTED', message: 'no catalogue here' }]
      const api = await apiThatAnswers(status, { errors })
      await expect(catalogPage(api, {})).rejects.toMatchObject({
        message: `${api.host} does not list its repositories.`,
        hint: expect.stringContaining('Type the name of a repository') as unknown,
        engineMessage: 'no catalogue here',
      })
    },
  )

  it('that fails otherwise says that', async () => {
    const api = await apiThatAnswers(500, {})
    await expect(catalogPage(api, {})).rejects.toMatchObject({
      message: `${api.host} could not answer (HTTP 500).`,
    })
  })

  it('leaves out what can be no name, and is cut where it never ends', async () => {
    const repositories = ['good', 'x'.repeat(10_000), ...Array<string>(20_000).fill('a')]
    const { names } = await catalogPage(await apiThatAnswers(200, { repositories }), {})
    expect(names.slice(0, 2)).toEqual(['good', 'a'])
    expect(names).toHaveLength(10_000)
  })
})

describe('a list of tags', () => {
  it('may be empty in either way', async () => {
    for (const tags of [null, []]) {
      const page = await tagsPage(await apiThatAnswers(200, { name: 'a', tags }), 'a', {})
      expect(page).toEqual({ names: [], next: null })
    }
  })
})
