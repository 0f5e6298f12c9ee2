import { mkdtempSync } from 'node:fs'
import { request } from 'node:http'
import { basename, join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { registryAuthHeader } from '../../main/registries/credential'
import { createCredentials } from '../../main/registries/credentials'
import { createPasswordStore } from '../../main/registries/passwordStore'
import { checkLogin } from '../../main/registries/registryClient'
import { createSecretFile } from '../../main/secrets'
import { jsonLines } from '../../main/streams/jsonLines'
import { createProgress, type ProgressState } from '../../main/streams/progress'

const bed = inject('bed')
const { authenticated, open } = bed.registries

const sailor = {
  kind: 'password',
  username: authenticated.user,
  password: authenticated.password,
} as const

/** A POST to an engine, whose answer is read as progress. */
function transfer(socketPath: string, path: string, authHeader: string): Promise<ProgressState> {
  return new Promise((resolve, reject) => {
    const headers = { 'X-Registry-Auth': authHeader }
    const sent = request({ socketPath, path, method: 'POST', headers }, (response) => {
      const follow = async () => {
        const progress = createProgress()
        for await (const message of jsonLines(response)) progress.apply(message)
        progress.complete()
        return progress.state()
      }
      follow().then(resolve, reject)
    })
    sent.on('error', reject).end()
  })
}

describe('a registry with htpasswd', () => {
  it('takes the right user name and password', async () => {
    expect(await checkLogin({ host: authenticated.host, credential: sailor })).toEqual({
      ok: true,
      authentication: 'basic',
    })
  })

  it.each([
    { ...sailor, password: 'wrong' },
    { ...sailor, username: 'nobody' },
    // Split at the wrong colon, it would be this.
    { ...sailor, password: sailor.password.split(':')[0] ?? '' },
  ])('refuses %j', async (credential) => {
    expect(await checkLogin({ host: authenticated.host, credential })).toMatchObject({
      ok: false,
      reason: 'unauthorized',
      message: `${authenticated.host} refused this user name and password.`,
    })
  })
})

describe('an open registry', () => {
  it('takes anybody', async () => {
    expect(await checkLogin({ host: open.host, credential: sailor })).toEqual({
      ok: true,
      authentication: 'none',
    })
  })
})

describe.each(bed.engines)('with kept credentials, $kind', ({ kind, socket }) => {
  it('pushes to the registry; without them it is told why not', async () => {
    const folder = mkdtempSync(join(bed.folder, 'credentials-'))
    const credentials = createCredentials({
      dockerConfigFile: join(folder, 'config.json'),
      podmanAuthFiles: [],
      store: createPasswordStore(createSecretFile(join(folder, 'passwords.json'))),
    })
    const { host } = authenticated
    const repository = `${host}/registries-test/${kind}`
    const tag = basename(folder)
    const name = encodeURIComponent(bed.busybox)
    await transfer(
      socket,
      `/images/${name}/tag?repo=${encodeURIComponent(repository)}&tag=${tag}`,
      '',
    )
    const push = async () =>
      transfer(
        socket,
        `/images/${repository}/push?tag=${tag}&tlsVerify=false`,
        registryAuthHeader(await credentials.lookup(host), host),
      )

    expect((await push()).error).toMatch(
      /no basic auth credentials|unauthorized|authentication required/,
    )

    await credentials.save(host, {
      kind: 'password',
      username: authenticated.user,
      password: authenticated.password,
    })
    const pushed = await push()
    expect(pushed.error).toBeNull()
    expect(pushed.digest).toMatch(/^sha256:/)

    await credentials.remove(host)
    expect(await credentials.lookup(host)).toBeNull()
  })
})
