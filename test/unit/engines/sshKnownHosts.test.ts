import { createHmac } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { HostKeys } from '../../../main/engines/hostKeys/hostKeys'
import {
  fingerprintOf,
  isAbout,
  knownHostName,
  parseKnownHosts,
} from '../../../main/engines/hostKeys/knownHosts'

/** A key of that kind as SSH sends it; what comes after the name is of no matter here. */
function keyOf(algorithm: string, seed: number): Buffer {
  const name = Buffer.from(algorithm)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(name.length)
  return Buffer.concat([length, name, Buffer.alloc(32, seed)])
}

const lineOf = (names: string, key: Buffer, algorithm = 'ssh-ed25519') =>
  `${names} ${algorithm} ${key.toString('base64')}`

function namesFit(names: string, host: string, port = 22): boolean {
  const [line] = parseKnownHosts(lineOf(names, keyOf('ssh-ed25519', 1)))
  return line !== undefined && isAbout(line, knownHostName(host, port))
}

describe('a line of known_hosts', () => {
  test('is about the hosts that its names and patterns fit, and no others', () => {
    expect(namesFit('server', 'server')).toBe(true)
    expect(namesFit('Server,10.0.0.1', 'sErver')).toBe(true)
    expect(namesFit('server', 'server', 2222)).toBe(false)
    expect(namesFit('[server]:2222', 'server', 2222)).toBe(true)
    expect(namesFit('[server]:2222', 'server')).toBe(false)
    expect(namesFit('*.example.com', 'a.example.com')).toBe(true)
    expect(namesFit('*.example.com', 'axexample.com')).toBe(false)
    expect(namesFit('host?', 'host1')).toBe(true)
    expect(namesFit('host?', 'host12')).toBe(false)
    expect(namesFit('*.example.com,!b.example.com', 'b.example.com')).toBe(false)
    expect(namesFit('!b.example.com', 'a.example.com')).toBe(false)
  })

  test('may hide its name in a hash', () => {
    const salt = Buffer.from('a salt of 20 bytes..')
    const hash = createHmac('sha1', salt).update('[server]:2222').digest('base64')
    const names = `|1|${salt.toString('base64')}|${hash}`
    expect(namesFit(names, 'server', 2222)).toBe(true)
    expect(namesFit(names, 'server', 2223)).toBe(false)
    expect(namesFit(names.replace('|1|', '|2|'), 'server', 2222)).toBe(false)
  })

  test('that makes no sense, or is of an authority, tells no key', () => {
    const key = keyOf('ssh-ed25519', 1)
    for (const line of [
      '',
      '# a comment',
      'server',
      'server ssh-ed25519',
      lineOf('server', key, 'ssh-rsa'),
      `@cert-authority ${lineOf('*', key)}`,
      `@unknown ${lineOf('*', key)}`,
    ]) {
      expect(parseKnownHosts(line), line).toEqual([])
    }
    expect(parseKnownHosts(`@revoked ${lineOf('*', key)}`)).toMatchObject([{ revoked: true }])
  })

  test('may hold anything without harm', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, name) => {
        for (const line of parseKnownHosts(text)) isAbout(line, name)
        namesFit(text.replaceAll(/\s/g, ''), name)
      }),
    )
  })
})

describe('the keys of hosts', () => {
  const own = keyOf('ssh-ed25519', 1)
  const other = keyOf('ssh-ed25519', 2)
  const shownAs = (key: Buffer) => ({
    ...{ host: 'server', port: 22, algorithm: 'ssh-ed25519' },
    fingerprint: fingerprintOf(key),
  })

  async function files(theirs = '') {
    const folder = await mkdtemp(join(tmpdir(), 'longshore-keys-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const [ownFile, known] = [join(folder, 'own'), join(folder, 'known_hosts')]
    await writeFile(known, theirs)
    return { ownFile, known, keys: new HostKeys({ ownFile, otherFiles: [known] }) }
  }

  test('that were shown may be trusted, once, in a file of this user only', async () => {
    const { ownFile, keys } = await files()
    await expect(keys.trust(shownAs(own))).rejects.toMatchObject({ code: 'not-found' })
    expect((await keys.of('server', 22)).refusalOf(own)).toMatchObject({
      code: 'untrusted-host',
      hostKey: { ...shownAs(own), trusted: null },
    })
    await expect(keys.trust(shownAs(other))).rejects.toMatchObject({ code: 'not-found' })
    await expect(keys.trust({ ...shownAs(own), port: 23 })).rejects.toMatchObject({
      code: 'not-found',
    })
    const both = await Promise.allSettled([keys.trust(shownAs(own)), keys.trust(shownAs(own))])
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(await readFile(ownFile, 'utf8')).toBe(`${lineOf('server', own)}\n`)
    expect((await stat(ownFile)).mode & 0o777).toBe(0o600)
    expect((await keys.of('server', 22)).refusalOf(own)).toBeNull()
  })

  test('are not replaced: another one is refused, of whatever kind, and cannot be trusted', async () => {
    const { keys, known } = await files(lineOf('server', own))
    const rsa = keyOf('ssh-rsa', 3)
    for (const changed of [other, rsa]) {
      const refusal = (await keys.of('server', 22)).refusalOf(changed)
      expect(refusal).toMatchObject({
        code: 'untrusted-host',
        hostKey: { fingerprint: fingerprintOf(changed), trusted: fingerprintOf(own) },
      })
      expect(refusal?.hint).toContain(`ssh-keygen -f "${known}" -R "server"`)
    }
    await expect(keys.trust(shownAs(other))).rejects.toMatchObject({ code: 'not-found' })
  })

  test('that were shown while none was known are not trusted once another one is', async () => {
    const { keys, known } = await files()
    ;(await keys.of('server', 22)).refusalOf(other)
    await writeFile(known, lineOf('server', own))
    await expect(keys.trust(shownAs(other))).rejects.toMatchObject({ code: 'conflict' })
  })

  test('that are revoked are refused even where a line trusts them', async () => {
    const { keys } = await files(`${lineOf('server', own)}\n@revoked ${lineOf('*', own)}\n`)
    const refusal = (await keys.of('server', 22)).refusalOf(own)
    expect(refusal).toMatchObject({ code: 'untrusted-host' })
    expect(refusal?.hostKey).toBeUndefined()
  })

  test('in a file that cannot be read are not taken for none', async () => {
    const { ownFile } = await files()
    const keys = new HostKeys({ ownFile, otherFiles: [join(ownFile, '..')] })
    await expect(keys.of('server', 22)).rejects.toMatchObject({ code: 'permission-denied' })
  })

  test('are asked for by the kinds that are known', async () => {
    const rsa = keyOf('ssh-rsa', 3)
    const { keys } = await files(`${lineOf('server', own)}\n${lineOf('server', rsa, 'ssh-rsa')}`)
    expect((await keys.of('server', 22)).algorithms).toEqual(['ssh-ed25519', 'ssh-rsa'])
  })
})
