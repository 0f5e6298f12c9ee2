import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readIgnorePatterns } from '../../../main/builds/ignorePatterns'
import { parseEndpoint, parseSshHost } from '../../../main/engines/endpoint'
import { shakeHands } from '../../../main/engines/handshake'
import { openTransport } from '../../../main/engines/transport'
import { toProblem } from '../../../main/errors'
import { createHelper } from '../../../main/files/helperContainer'
import { networkSetting } from '../../../preload/contract/containerSettings'
import { recordingEngine } from './recordingEngine'

/* What the fuzzers found, each by its name. */

const code = (work: () => unknown) => {
  try {
    work()
    return null
  } catch (error) {
    return toProblem(error).code
  }
}

test('an SSH address with a "%" that begins no character is refused in words', () => {
  expect(code(() => parseEndpoint('ssh://%zz@host'))).toBe('invalid-input')
  expect(code(() => parseEndpoint('ssh://user@host/%zz'))).toBe('invalid-input')
  expect(code(() => parseSshHost('%zz@host'))).toBe('invalid-input')
  expect(parseEndpoint('ssh://a%40b@host/run/my%20engine.sock')).toMatchObject({
    user: 'a@b',
    path: '/run/my engine.sock',
  })
})

test.each(['ssh://user:planted@host', 'tcp://user:planted@host:2375', 'user:planted@host'])(
  'the password in the address %s is refused, and not repeated',
  (address) => {
    const refuse = address.includes('://') ? parseEndpoint : parseSshHost
    let said = ''
    try {
      refuse(address)
    } catch (error) {
      said = JSON.stringify(toProblem(error))
    }
    expect(said).toContain('invalid-input')
    expect(said).not.toContain('planted')
  },
)

test("half a character, which no address can hold, is the input's fault and not the engine's", () => {
  expect(code(() => encodeURIComponent('\uD800'))).toBe('invalid-input')
})

test.each(['..', '.', '../../version', 'a/b', 'a\\b', 'a\r\nX: 1', ''])(
  'a network called %j, which would lead a request elsewhere, is none',
  (name) => {
    expect(networkSetting.safeParse({ name }).success).toBe(false)
  },
)

test.each(['bridge', 'container:web-1', 'my network', '...', 'straße'])(
  'a network called %j is one',
  (name) => {
    expect(networkSetting.safeParse({ name }).success).toBe(true)
  },
)

test("what a helper container is made of stands in the request's body, not in its address", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'longshore-found-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const socket = join(folder, 'engine.sock')
  const engine = await recordingEngine(socket, 'docker')
  onTestFinished(() => engine.close())
  const transport = openTransport({ protocol: 'unix', path: socket })
  onTestFinished(() => transport.close())
  const { signal } = new AbortController()
  const link = await shakeHands(transport, signal)
  engine.take()

  await createHelper(link, { Image: 'busybox', Env: ['API_TOKEN=secret'] }, signal)

  const [made, ...others] = engine.take()
  expect(others).toEqual([])
  expect(made?.url).toMatch(/^\/v1\.47\/containers\/create\?name=longshore-helper-[a-z0-9]+$/)
})

test('an ignore file with a line that would take minutes to read is refused by the line', () => {
  expect(() => readIgnorePatterns(`a\n${'['.repeat(100_000)}\n`, [])).toThrow('Line 2')
})
