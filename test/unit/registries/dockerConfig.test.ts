import {
  chownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAuthFile } from '../../../main/registries/authFile'
import {
  readDockerConfig,
  removeFromDockerConfig,
  writeToDockerConfig,
} from '../../../main/registries/dockerConfig'
import { temporaryFolder } from './folder'

const base64 = (text: string) => Buffer.from(text).toString('base64')

function configFile(content: unknown, mode = 0o600): string {
  const file = join(temporaryFolder(), 'config.json')
  const text = typeof content === 'string' ? content : JSON.stringify(content, null, '\t')
  writeFileSync(file, text, { mode })
  return file
}

const parsedFile = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

describe("reading docker's config.json", () => {
  it('splits user name and password at the first colon', () => {
    const { logins } = readAuthFile({ auths: { 'ghcr.io': { auth: base64('ann:a:b:c') } } })
    expect(logins.get('ghcr.io')).toEqual({
      username: 'ann',
      credential: { kind: 'password', username: 'ann', password: 'a:b:c' },
    })
  })

  it('honours an identity token before a password', () => {
    const { logins } = readAuthFile({
      auths: { 'x.azurecr.io': { auth: base64('ann:'), identitytoken: 'tok' } },
    })
    expect(logins.get('x.azurecr.io')).toEqual({
      username: 'ann',
      credential: { kind: 'identity-token', token: 'tok' },
    })
  })

  it('takes user name and password that stand apart', () => {
    const { logins } = readAuthFile({
      auths: { 'ghcr.io': { username: 'ann', password: 'secret' } },
    })
    expect(logins.get('ghcr.io')?.credential).toMatchObject({ password: 'secret' })
  })

  it('knows Docker Hub by its old address', () => {
    const { logins } = readAuthFile({
      auths: { 'https://index.docker.io/v1/': { auth: base64('ann:pw') } },
    })
    expect([...logins.keys()]).toEqual(['docker.io'])
  })

  it('cuts off the NUL characters that some clients write', () => {
    const { logins } = readAuthFile({ auths: { 'ghcr.io': { auth: base64('ann:pw\0\0') } } })
    expect(logins.get('ghcr.io')?.credential).toMatchObject({ password: 'pw' })
  })

  it('takes the first of several entries for one host', () => {
    const { logins } = readAuthFile({
      auths: {
        'ghcr.io': { auth: base64('first:pw') },
        'https://ghcr.io': { auth: base64('second:pw') },
      },
    })
    expect(logins.get('ghcr.io')?.username).toBe('first')
  })

  it('knows the helpers', () => {
    const file = readAuthFile({ credHelpers: { 'gcr.io': 'gcloud' }, credsStore: 'pass' })
    expect([...file.helpers]).toEqual([['gcr.io', 'gcloud']])
    expect(file.defaultHelper).toBe('pass')
  })

  it('sees no login in the empty entry that docker leaves beside a helper', () => {
    expect(readAuthFile({ auths: { 'ghcr.io': {} }, credsStore: 'pass' }).logins.size).toBe(0)
  })

  it.each([
    null,
    [],
    'text',
    { auths: [] },
    { auths: { 'ghcr.io': null } },
    { auths: { 'ghcr.io': { auth: 7 } } },
    { auths: { 'ghcr.io': { auth: 'no colon here' } } },
    { credHelpers: 'pass', credsStore: {} },
  ])('takes what it does not understand for absent: %j', (json) => {
    expect(readAuthFile(json)).toEqual({
      logins: new Map(),
      helpers: new Map(),
      defaultHelper: undefined,
    })
  })

  it('keeps the good entries beside a bad one', () => {
    const { logins } = readAuthFile({
      auths: { 'bad.example': 1, 'ghcr.io': { auth: base64('a:b') } },
    })
    expect([...logins.keys()]).toEqual(['ghcr.io'])
  })

  it('is empty where there is no file, or an empty one', async () => {
    const missing = await readDockerConfig(join(temporaryFolder(), 'none', 'config.json'))
    expect(missing.logins.size).toBe(0)
    expect((await readDockerConfig(configFile(''))).logins.size).toBe(0)
  })

  it('says which file is broken, and does not quote it', async () => {
    const file = configFile('{ "auths": { "ghcr.io": { "auth": "c2VjcmV0" ')
    const reading = readDockerConfig(file)
    await expect(reading).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(reading).rejects.toThrow(file)
    await expect(reading).rejects.not.toThrow('c2VjcmV0')
  })
})

describe("taking a login out of docker's config.json", () => {
  const config = {
    auths: {
      'https://index.docker.io/v1/': { auth: base64('ann:pw') },
      'docker.io': {},
      'ghcr.io': { auth: base64('bob:pw') },
    },
    HttpHeaders: { 'X-Meta': 'kept' },
    currentContext: 'colima',
    plugins: { debug: { hooks: 'x' } },
  }

  it('removes every key of the host and keeps all else', async () => {
    const file = configFile(config)
    expect(await removeFromDockerConfig(file, 'docker.io')).toBe(true)
    expect(parsedFile(file)).toEqual({ ...config, auths: { 'ghcr.io': config.auths['ghcr.io'] } })
  })

  it('keeps the order of keys and the indentation', async () => {
    const file = configFile(config)
    await removeFromDockerConfig(file, 'docker.io')
    const text = readFileSync(file, 'utf8')
    expect(text).toContain('\n\t"currentContext": "colima"')
    expect(text.indexOf('HttpHeaders')).toBeLessThan(text.indexOf('currentContext'))
  })

  it('does not touch the file when there is nothing to remove', async () => {
    const file = configFile(config)
    const before = statSync(file)
    expect(await removeFromDockerConfig(file, 'quay.io')).toBe(false)
    expect(statSync(file).ino).toBe(before.ino)
    expect(await removeFromDockerConfig(join(temporaryFolder(), 'none'), 'quay.io')).toBe(false)
  })

  it.each([0o600, 0o640])('keeps the mode %o', async (mode) => {
    const file = configFile(config, mode)
    await removeFromDockerConfig(file, 'docker.io')
    expect(statSync(file).mode & 0o777).toBe(mode)
  })

  it.skipIf(process.getuid?.() !== 0)(
    'leaves the file to its owner when root edits it',
    async () => {
      const file = configFile(config)
      chownSync(file, 1_234, 2_345)
      await removeFromDockerConfig(file, 'docker.io')
      expect(statSync(file)).toMatchObject({ uid: 1_234, gid: 2_345 })
    },
  )

  it('writes to where a symbolic link points', async () => {
    const file = configFile(config)
    const folder = temporaryFolder()
    const link = join(folder, 'config.json')
    symlinkSync(file, link)
    await removeFromDockerConfig(link, 'docker.io')
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect(parsedFile(file)).not.toHaveProperty(['auths', 'docker.io'])
  })

  it('leaves a broken file as it is', async () => {
    const file = configFile('{ broken')
    await expect(removeFromDockerConfig(file, 'docker.io')).rejects.toMatchObject({
      code: 'invalid-input',
    })
    expect(readFileSync(file, 'utf8')).toBe('{ broken')
  })

  it('says which file cannot be read', async () => {
    const folder = join(temporaryFolder(), 'config.json')
    mkdirSync(folder)
    await expect(readDockerConfig(folder)).rejects.toMatchObject({ code: 'permission-denied' })
  })
})

describe("writing to docker's config.json", () => {
  const ann = { kind: 'password' as const, username: 'ann', password: 'p:w' }

  it('keeps every key that it does not know, whatever is in it, and finds what it wrote', async () => {
    const host = fc.constantFrom('a.example', 'b.example:5000', 'docker.io', '[::1]:5000')
    const credential = fc.oneof(
      fc.record({
        kind: fc.constant('password' as const),
        username: fc.string({ minLength: 1 }).filter((name) => !name.includes(':')),
        password: fc
          .string({ minLength: 1, unit: 'grapheme' })
          .filter((word) => !word.endsWith('\0')),
      }),
      fc.record({
        kind: fc.constant('identity-token' as const),
        token: fc.string({ minLength: 1 }),
      }),
    )
    const others = fc.dictionary(fc.string(), fc.jsonValue())
    const auths = fc.dictionary(
      fc.constantFrom('c.example', 'quay.io/team', 'https://d.example/v1/'),
      fc.record({ auth: fc.base64String(), unknown: fc.jsonValue() }),
    )
    await fc.assert(
      fc.asyncProperty(host, credential, others, auths, async (at, given, rest, otherAuths) => {
        // As the file would hold it: JSON has no -0.
        const before = JSON.parse(JSON.stringify({ ...rest, auths: otherAuths })) as object
        const file = configFile(before)
        await writeToDockerConfig(file, at, given)
        const written = await readDockerConfig(file)
        expect(written.logins.get(at)?.credential).toEqual(given)
        await removeFromDockerConfig(file, at)
        expect(parsedFile(file)).toEqual(before)
      }),
      { numRuns: 60 },
    )
  })

  it('makes the file, for its owner only, where there is none', async () => {
    const file = join(temporaryFolder(), 'docker', 'config.json')
    await writeToDockerConfig(file, 'ghcr.io', ann)
    expect(parsedFile(file)).toEqual({ auths: { 'ghcr.io': { auth: base64('ann:p:w') } } })
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('takes the right to read from others when a password comes into it', async () => {
    const file = configFile({}, 0o644)
    await writeToDockerConfig(file, 'ghcr.io', ann)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('replaces every way in which the host was written', async () => {
    const file = configFile({
      auths: { 'https://ghcr.io/v2/': { auth: 'x' }, 'GHCR.io': { auth: 'y' } },
    })
    await writeToDockerConfig(file, 'ghcr.io', ann)
    expect(parsedFile(file)).toEqual({ auths: { 'ghcr.io': { auth: base64('ann:p:w') } } })
  })

  it.each(['[]', '"text"', '{"auths":'])('leaves a file alone that is none: %s', async (text) => {
    const file = configFile(text)
    await expect(writeToDockerConfig(file, 'ghcr.io', ann)).rejects.toMatchObject({
      code: 'invalid-input',
    })
    expect(readFileSync(file, 'utf8')).toBe(text)
  })
})
