import { chmod, chown, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { LaunchError, type ListenFlags } from '../../../main/launch'
import { makeListen } from '../../../main/serve/listen'
import { isLoopback } from '../../../main/serve/loopback'
import { readTokenFile } from '../../../main/serve/secretFiles'
import { issueCertificate, makeAuthority, type Certificate } from '../../bed/certificates'

const nothing: ListenFlags = { host: null, names: [], tlsCert: null, tlsKey: null, tokenFile: null }
const token = 'k9Qz3vX7pL2mN8rT5wY1bC4d'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longshore-listen-'))
  return () => rm(folder, { recursive: true, force: true })
})

async function writeToken(content: string, mode = 0o600): Promise<string> {
  const path = join(folder, `token-${Math.random()}`)
  await writeFile(path, content)
  await chmod(path, mode)
  return path
}

/** A certificate for `ship.example`, and a token: all that listening for others takes. */
async function guards() {
  const certificate = issueCertificate(folder, makeAuthority(folder), {
    addresses: ['ship.example'],
  })
  return { ...tlsOf(certificate), tokenFile: await writeToken(token) }
}

function tlsOf({ certificateFile, keyFile }: Certificate) {
  return { tlsCert: certificateFile, tlsKey: keyFile }
}

const listenAt = (host: string, more: Partial<ListenFlags> = {}) =>
  makeListen({ ...nothing, host, ...more })

describe('where browser mode listens', () => {
  test('is 127.0.0.1 when nobody asks for another address', async () => {
    await expect(makeListen(nothing)).resolves.toMatchObject({
      address: '127.0.0.1',
      shownHost: '127.0.0.1',
      tls: null,
      fileToken: null,
    })
  })

  test.each(['127.0.0.2', '127.255.255.254', '::1', '::ffff:127.0.0.1', 'localhost'])(
    'may be another address of this machine alone: %s',
    async (host) => {
      const { address, tls } = await listenAt(host)
      expect(isLoopback(address)).toBe(true)
      expect(tls).toBeNull()
    },
  )

  test.each([
    ...['0.0.0.0', '::', '192.0.2.2', '10.0.0.1', 'fd00::2', 'fe80::1%lo', '::ffff:10.0.0.1'],
    ...['128.0.0.1', '126.255.255.255', '::2', '0', '2130706434.', 'localhost.evil.example'],
  ])('is refused where others may reach it and nothing guards it: %s', async (host) => {
    await expect(listenAt(host)).rejects.toThrow(LaunchError)
  })

  test('is refused unless all three guards are there, and says which are missing', async () => {
    const all = await guards()
    for (const missing of ['tlsCert', 'tlsKey', 'tokenFile'] as const) {
      const flag = { tlsCert: '--tls-cert', tlsKey: '--tls-key', tokenFile: '--token-file' }[
        missing
      ]
      const words = `Missing: ${flag}.\nWithout them, leave --listen out and use an SSH tunnel`
      await expect(listenAt('192.0.2.2', { ...all, [missing]: null })).rejects.toThrow(words)
    }
  })

  test('may be anywhere with all three, and answers to the names it is opened by', async () => {
    const all = await guards()
    const own = await listenAt('192.0.2.2', { ...all, names: ['Ship.example', 'fd00::2'] })
    expect(own).toMatchObject({
      address: '192.0.2.2',
      shownHost: 'ship.example',
      hosts: ['192.0.2.2', 'ship.example', '[fd00::2]'],
      fileToken: token,
    })
    await expect(listenAt('::', { ...all, names: ['ship.example'] })).resolves.toMatchObject({
      hosts: ['ship.example'],
    })
    await expect(listenAt('0.0.0.0', all)).rejects.toThrow('say by which names it is opened')
  })

  test('takes a certificate and its key together, and only if they fit', async () => {
    const { tlsCert, tlsKey, tokenFile } = await guards()
    const other = await guards()
    const refusals: [Partial<ListenFlags>, string][] = [
      [{ tlsCert }, 'belong together'],
      [{ tlsKey }, 'belong together'],
      [{ tlsCert, tlsKey: other.tlsKey }, 'and its key cannot be used'],
      [{ tlsCert: tokenFile, tlsKey }, 'and its key cannot be used'],
      [{ tlsCert: join(folder, 'gone'), tlsKey }, 'and its key cannot be used'],
    ]
    for (const [flags, words] of refusals) {
      await expect(listenAt('127.0.0.1', flags)).rejects.toThrow(words)
    }
    await chmod(tlsKey, 0o640)
    await expect(listenAt('127.0.0.1', { tlsCert, tlsKey })).rejects.toThrow('other users')
  })
})

describe('the token file', () => {
  test.each([
    ['base64', 'Qv3yZ1r8mT0kXw5bN7cJ4g=='],
    ['base64url and a line end', 'k9Qz3vX7pL2mN8rT5wY1bC4d-_\n'],
    ['hexadecimal', '0f1e2d3c4b5a69788796a5b4c3d2e1f0'],
  ])('holds at least 128 bits: %s', async (_kind, content) => {
    await expect(readTokenFile(await writeToken(content))).resolves.toBe(content.trim())
  })

  test.each([
    ['nothing', ''],
    ['a password', 'hunter2'],
    ['half a token in hexadecimal', '0f1e2d3c4b5a6978'],
    ['the same over and over', 'abcabcabcabcabcabcabcabcabcabc'],
  ])('with less is refused, and says how to make one: %s', async (_kind, content) => {
    await expect(readTokenFile(await writeToken(content))).rejects.toThrow(
      /less than 128 random bits.*head -c 32 \/dev\/urandom/,
    )
  })

  test('of more than one line is refused', async () => {
    const path = await writeToken(`${token}\n${token}`)
    await expect(readTokenFile(path)).rejects.toThrow('on one line')
  })

  test.each([0o640, 0o604, 0o620, 0o644, 0o666])(
    'that others can reach is refused: mode %o',
    async (mode) => {
      await expect(readTokenFile(await writeToken(token, mode))).rejects.toThrow('chmod 600')
    },
  )

  test.runIf(process.getuid?.() === 0)('of another user is refused', async () => {
    const path = await writeToken(token)
    await chown(path, 12_345, 0)
    await expect(readTokenFile(path)).rejects.toThrow('belongs to another user')
  })

  test('that is a link, a folder or nothing is refused', async () => {
    const link = join(folder, 'link')
    await symlink(await writeToken(token), link)
    await expect(readTokenFile(link)).rejects.toThrow('it is a link')
    await expect(readTokenFile(folder)).rejects.toThrow('it is no file')
    await expect(readTokenFile(join(folder, 'gone'))).rejects.toThrow('there is no such file')
  })
})
