import { describe, expect, it, onTestFinished } from 'vitest'
import { createClients } from '../../../main/registries/clients'
import type { Credential } from '../../../main/registries/credential'
import { serveHttp } from './servers'

/** A registry that wants a password. */
const registry = () =>
  serveHttp((request, response) => {
    const known = request.headers.authorization !== undefined
    response.writeHead(known ? 200 : 401, {
      'content-type': 'application/json',
      ...(!known && { 'www-authenticate': 'Basic realm="x"' }),
    })
    response.end('{"tags":["1"]}')
  })

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

async function clientsOf() {
  const { host, requests } = await registry()
  const asked = () => requests.map(({ authorization }) => authorization)
  let credential: Credential = { kind: 'password', username: 'ann', password: 'one' }
  let lookups = 0
  const clients = createClients((of) => {
    lookups += 1
    return Promise.resolve({ host: of, scheme: 'http', ca: null, skipVerify: false, credential })
  })
  onTestFinished(() => clients.close())
  const tags = async () => {
    const api = await clients.use(host)
    try {
      return (await api.tags('a')).names
    } finally {
      await api.close()
    }
  }
  return {
    host,
    asked,
    clients,
    tags,
    lookups: () => lookups,
    logInWith: (password: string) => {
      credential = { kind: 'password', username: 'ann', password }
    },
  }
}

describe('the clients of registries', () => {
  it('are kept: what the first call learnt, the next ones know', async () => {
    const { asked, tags, lookups } = await clientsOf()
    await tags()
    await tags()
    await tags()
    expect(asked()).toEqual([undefined, ...Array<string>(3).fill(basic('ann:one'))])
    expect(lookups()).toBe(1)
  })

  it('stay when a look shows that nothing has changed, and go when another program logged in', async () => {
    const { asked, clients, tags, logInWith } = await clientsOf()
    await tags()
    clients.lookAgain()
    await tags()
    // A new client would have to be asked for a password first.
    expect(asked().filter((each) => each === undefined)).toHaveLength(1)
    logInWith('two')
    await tags()
    expect(asked().at(-1)).toBe(basic('ann:one'))
    clients.lookAgain()
    await tags()
    expect(asked().at(-1)).toBe(basic('ann:two'))
  })

  it('are made anew when a login has changed', async () => {
    const { host, asked, clients, tags, logInWith } = await clientsOf()
    await tags()
    logInWith('two')
    clients.forget(host)
    await tags()
    expect(asked().at(-1)).toBe(basic('ann:two'))
  })

  it('let who works with an older one go on, and end it after that', async () => {
    const { host, clients, logInWith } = await clientsOf()
    const older = await clients.use(host)
    logInWith('two')
    clients.forget(host)
    expect((await older.tags('a')).names).toEqual(['1'])
    await older.close()
    await expect(older.tags('a')).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('that several use end with none of them', async () => {
    const { host, clients } = await clientsOf()
    const [first, second] = [await clients.use(host), await clients.use(host)]
    await first.close()
    await first.close()
    expect((await second.tags('a')).names).toEqual(['1'])
    await second.close()
  })

  it('end with the app, also in the middle of a call', async () => {
    const { host, clients } = await clientsOf()
    const api = await clients.use(host)
    const call = api.tags('a')
    await clients.close()
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
  })
})
