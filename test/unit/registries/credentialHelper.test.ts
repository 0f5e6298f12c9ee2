import { describe, expect, it } from 'vitest'
import { createCredentialHelper } from '../../../main/registries/credentialHelper'
import { temporaryFolder } from './folder'
import { installHelper, installScript, type HelperRecords } from './helperProgram'

const server = 'localhost:5000'

function helperWith(records: HelperRecords = {}) {
  const folder = temporaryFolder()
  const installed = installHelper(folder, 'test', records)
  return { ...installed, helper: createCredentialHelper('test', { environment: { PATH: folder } }) }
}

function scripted(script: string, timeoutMillis?: number) {
  const folder = temporaryFolder()
  installScript(folder, 'test', `#!/bin/sh\n${script}\n`)
  return createCredentialHelper('test', {
    environment: { PATH: `${folder}:${process.env.PATH ?? ''}` },
    ...(timeoutMillis !== undefined && { timeoutMillis }),
  })
}

describe('a credential helper', () => {
  it('gives back what was stored, and forgets what was erased', async () => {
    const { helper, records } = helperWith()
    await helper.store(server, { kind: 'password', username: 'ann', password: 'p:"\\ä\n$(id)' })
    expect(await helper.get(server)).toEqual({
      username: 'ann',
      credential: { kind: 'password', username: 'ann', password: 'p:"\\ä\n$(id)' },
    })
    await helper.erase(server)
    expect(await helper.get(server)).toBeNull()
    expect(records()).toEqual({})
  })

  it('is asked with the server alone on its input', async () => {
    const { helper, calls } = helperWith()
    await helper.get(server)
    expect(calls()).toEqual([['get', server]])
  })

  it('that keeps nothing for a server is no error', async () => {
    const { helper } = helperWith()
    expect(await helper.get(server)).toBeNull()
    await expect(helper.erase(server)).resolves.toBeUndefined()
    expect(await helper.list()).toEqual(new Map())
  })

  it('may keep an identity token under the name <token>', async () => {
    const { helper } = helperWith({ [server]: { Username: '<token>', Secret: 'refresh' } })
    expect(await helper.get(server)).toEqual({
      username: null,
      credential: { kind: 'identity-token', token: 'refresh' },
    })
    expect(await helper.list()).toEqual(new Map([[server, null]]))
  })

  it('lists user names without secrets', async () => {
    const { helper } = helperWith({
      [server]: { Username: 'ann', Secret: 's1' },
      'ghcr.io': { Username: 'bob', Secret: 's2' },
    })
    expect(Object.fromEntries(await helper.list())).toEqual({ [server]: 'ann', 'ghcr.io': 'bob' })
  })

  it('that is not installed is named', async () => {
    const helper = createCredentialHelper('absent', { environment: { PATH: temporaryFolder() } })
    await expect(helper.get(server)).rejects.toMatchObject({
      code: 'not-found',
      message: 'docker-credential-absent is not installed.',
    })
  })

  it('that fails is quoted', async () => {
    const helper = scripted('echo "the key ring is locked"; exit 1')
    await expect(helper.get(server)).rejects.toMatchObject({
      code: 'engine-error',
      engineMessage: 'the key ring is locked',
    })
  })

  it('that never answers is ended, also when a child of its own holds on', async () => {
    const helper = scripted('sleep 60', 200)
    const started = performance.now()
    await expect(helper.get(server)).rejects.toMatchObject({ code: 'timeout' })
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  it('that does not read its input still counts by how it ends', async () => {
    const helper = scripted('exec <&-; exit 0')
    await expect(
      helper.store(server, { kind: 'password', username: 'ann', password: 'x'.repeat(1_000_000) }),
    ).resolves.toBeUndefined()
  })

  it.each(['echo not json', 'echo "{}"', 'echo "[1]"', 'true'])(
    'whose answer cannot be read is an error: %s',
    async (script) => {
      await expect(scripted(script).get(server)).rejects.toMatchObject({ code: 'engine-error' })
    },
  )

  it('that floods its output is ended', async () => {
    const helper = scripted('yes')
    await expect(helper.get(server)).rejects.toThrow()
  })

  it.each(['', '-rf', 'a/b', '../x', 'a b', 'a;id', '$(id)', 'a\n'])(
    'may not be called %j',
    (name) => {
      expect(() => createCredentialHelper(name)).toThrow('is not the name of a credential helper')
    },
  )

  it('is run without a shell', async () => {
    const { helper, calls } = helperWith()
    await helper.get('$(touch /tmp/longshore-was-here); `id`')
    expect(calls()).toEqual([['get', '$(touch /tmp/longshore-was-here); `id`']])
  })
})
