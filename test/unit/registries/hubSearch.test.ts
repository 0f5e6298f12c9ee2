import type { RequestListener } from 'node:http'
import { describe, expect, it } from 'vitest'
import { readHubAnswer, searchHub } from '../../../main/registries/hubSearch'
import { serveHttp, unusedHost } from './servers'

/** As hub.docker.com answers `/v2/search/repositories/?query=nginx&page_size=2`, shortened. */
const recorded = {
  count: 184_117,
  next: 'https://hub.docker.com/v2/search/repositories/?query=nginx&page=2&page_size=2',
  previous: '',
  results: [
    {
      repo_name: 'nginx',
      short_description: 'Official build of Nginx.',
      star_count: 20_574,
      pull_count: 12_553_817_339,
      repo_owner: '',
      is_automated: false,
      is_official: true,
    },
    {
      repo_name: 'bitnami/nginx',
      short_description: '',
      star_count: 200,
      pull_count: 2_000_000,
      repo_owner: '',
      is_automated: false,
      is_official: false,
    },
  ],
}

async function hub(answer: RequestListener) {
  const { host, requests } = await serveHttp(answer)
  return { url: new URL(`http://${host}`), requests }
}

const signal = new AbortController().signal
const sought = { text: 'nginx web & more', page: 3 }

describe('an answer of Docker Hub’s search', () => {
  it('tells name, description, stars and pulls, and whether there is more', () => {
    expect(readHubAnswer(JSON.stringify(recorded))).toEqual({
      repositories: [
        {
          name: 'nginx',
          description: 'Official build of Nginx.',
          stars: 20_574,
          pulls: 12_553_817_339,
          official: true,
        },
        { name: 'bitnami/nginx', description: '', stars: 200, pulls: 2_000_000, official: false },
      ],
      more: true,
    })
    expect(readHubAnswer('{"results":[],"next":""}')).toEqual({ repositories: [], more: false })
    expect(readHubAnswer('{"results":[]}').more).toBe(false)
  })

  it('is taken for what fits of it, and cut where it is too long', () => {
    const { repositories } = readHubAnswer(
      JSON.stringify({
        results: [
          null,
          { repo_name: '' },
          { repo_name: 'library/redis', star_count: 'many', short_description: 'x'.repeat(9_000) },
        ],
      }),
    )
    expect(repositories).toHaveLength(1)
    expect(repositories[0]).toMatchObject({ name: 'redis', stars: 0, official: false })
    expect(repositories[0]?.description).toHaveLength(500)
  })

  it.each(['', '<html>', '[]', '{"results":{}}'])('that is none is told: %j', (body) => {
    expect(() => readHubAnswer(body)).toThrow('Docker Hub gave an answer that cannot be read.')
  })
})

describe('searching Docker Hub', () => {
  it('asks for the text and the page', async () => {
    const { url, requests } = await hub((_, response) => {
      response.end(JSON.stringify(recorded))
    })
    expect((await searchHub(sought, signal, url)).repositories[0]?.name).toBe('nginx')
    const [, path = ''] = requests[0]?.target.split(' ') ?? []
    const { pathname, searchParams } = new URL(path, url)
    expect(pathname).toBe('/v2/search/repositories/')
    expect(Object.fromEntries(searchParams)).toEqual({
      query: 'nginx web & more',
      page: '3',
      page_size: '50',
    })
  })

  it('tells of too many questions, and of faults there, in words', async () => {
    const limited = await hub((_, response) => {
      response.writeHead(429, { 'retry-after': '30' }).end()
    })
    await expect(searchHub(sought, signal, limited.url)).rejects.toMatchObject({
      message: expect.stringContaining('received too many requests') as unknown,
      hint: 'Wait 30 seconds, then try again.',
    })
    const broken = await hub((_, response) => {
      response.writeHead(503).end()
    })
    await expect(searchHub(sought, signal, broken.url)).rejects.toMatchObject({
      code: 'engine-error',
    })
  })

  it('tells that it cannot be reached', async () => {
    const nobody = new URL(`http://${await unusedHost()}`)
    await expect(searchHub(sought, signal, nobody)).rejects.toMatchObject({
      message: 'Docker Hub cannot be reached (ECONNREFUSED).',
      hint: expect.stringContaining('A repository can be typed') as unknown,
    })
  })

  it('ends with its signal', async () => {
    const silent = await hub(() => undefined)
    const controller = new AbortController()
    const search = searchHub(sought, controller.signal, silent.url)
    controller.abort(new Error('left'))
    await expect(search).rejects.toThrow('left')
  })
})
