import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { extract, pack } from 'tar-stream'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { openDuplex } from '../../main/engines/duplex'
import { parseEndpoint } from '../../main/engines/endpoint'
import { shakeHands } from '../../main/engines/handshake'
import { HostKeys } from '../../main/engines/hostKeys/hostKeys'
import { ping } from '../../main/engines/probe'
import { openStream } from '../../main/engines/rawStream'
import { SshConnection } from '../../main/engines/ssh/sshConnection'
import { knownHostsFiles } from '../../main/engines/ssh/sshFiles'
import { transportOpener, type Transport } from '../../main/engines/transport'
import type { HostKey, ShownHostKey } from '../../preload/contract/hostKeys'
import { startSshAgent } from '../bed/sshAgent'
import { makeKey, type Sshd, type SshdOptions } from '../bed/sshd'
import { itemsOf, nowhere } from '../client'
import { maker } from '../e2e/things'
import { openLog } from '../logs'
import {
  hostFor,
  isConnected,
  isRefused,
  newPerson,
  openSsh,
  personWithKey,
  type Person,
} from '../ssh'
import { openTerminal } from '../terminal'

const bed = inject('bed')
const { docker } = bed

const addressOf = (sshd: Sshd, socket = docker.socket) => `ssh://${sshd.host}${socket}`

/** What a page sends back of a key that it showed. */
function seen(shown: ShownHostKey | undefined): HostKey {
  if (!shown) throw new Error('No key was shown.')
  const { host, port, algorithm, fingerprint } = shown
  return { host, port, algorithm, fingerprint }
}

/** A person and a host that knows them and is known. */
async function acquainted(options: SshdOptions = {}) {
  const person = personWithKey(bed.folder)
  const sshd = await hostFor(person, options)
  person.keep('known_hosts', sshd.knownHost())
  return { person, sshd }
}

describe.each(bed.engines)('by SSH, $kind', (engine) => {
  const { run, idOf } = maker(engine, bed.busybox)

  test('lists, opens a terminal, follows a log and answers fifty calls at once on one connection', async () => {
    const { person, sshd } = await acquainted()
    const name = await run([], ['sh', '-c', 'echo aye; trap "exit 0" TERM; sleep 1000 & wait'])
    const id = await idOf(name)
    const { api, engineId, until } = await openSsh(person, addressOf(sshd, engine.socket))
    expect(await until(isConnected)).toMatchObject({
      kind: engine.kind,
      encrypted: true,
      problem: null,
    })
    const connections = sshd.connections()
    await itemsOf(api.containers.watch({ engineId }), (all) => all.some((one) => one.id === id))
    const shell = await openTerminal(api, engineId, id, { kind: 'exec' })
    await shell.type('head -c 3000000 /dev/zero | tr "\\0" x | wc -c; exit 7\r')
    await shell.until('3000000')
    expect(await shell.ended()).toMatchObject({ exitCode: 7, problem: null })
    const log = await openLog(api, { engineId, ids: [id] })
    await log.until(() => log.lines.some(({ text }) => text.includes('aye')))
    await Promise.all(
      Array.from({ length: 50 }, () => api.containers.inspect({ engineId, id, reveal: false })),
    )
    expect(sshd.connections()).toBe(connections)
  })

  test('takes and gives large bodies, hears the end of input, and gives up one request alone', async () => {
    // New keys are agreed on again and again, as after an hour or a gigabyte.
    const { person, sshd } = await acquainted({ config: ['RekeyLimit 3M'] })
    const id = await idOf(await run())
    const transport = transportOf(person, addressOf(sshd, engine.socket))
    const { client } = await shakeHands(transport, new AbortController().signal)
    onTestFinished(() => client.close())

    const path = `/containers/${id}/archive`
    // More than a channel's window of 2 MiB, several times.
    const content = randomBytes(20_000_000)
    const packing = pack()
    packing.entry({ name: 'large' }, content)
    packing.finalize()
    const body = Readable.from(packing)
    await text(await openStream(client, { method: 'PUT', path, query: { path: '/' }, body }, {}))
    const query = { path: '/large' }
    const unpacking = extract()
    const answer = await openStream(client, { method: 'GET', path, query }, {})
    answer.pipe(unpacking)
    for await (const entry of unpacking) {
      const hash = createHash('sha256')
      for await (const bytes of entry) hash.update(bytes as Buffer)
      expect(hash.digest('hex')).toBe(createHash('sha256').update(content).digest('hex'))
    }

    const exec = await client.call((docker, abortSignal) =>
      docker.getContainer(id).exec({
        ...{ AttachStdin: true, AttachStdout: true, Cmd: ['wc', '-c'], abortSignal },
      }),
    )
    const start = { path: `/exec/${exec.id}/start`, body: { Detach: false, Tty: false } }
    const counting = await openDuplex(client, start)
    Readable.from([content]).pipe(counting)
    expect(await text(counting)).toContain(String(content.length))

    const leaving = new AbortController()
    const events = await openStream(
      client,
      { method: 'GET', path, query },
      { signal: leaving.signal },
    )
    leaving.abort()
    await expect(text(events)).rejects.toThrow()
    await ping(transport, new AbortController().signal)
    expect(sshd.connections()).toBe(1)
  })
})

/** The transport alone, without an app around it; closed after the test. */
function transportOf(person: Person, address: string): Transport {
  const surroundings = nowhere(person.home)
  const hostKeys = new HostKeys({
    ownFile: join(person.home, 'own'),
    otherFiles: knownHostsFiles(surroundings),
  })
  const open = transportOpener(
    (endpoint) => new SshConnection(endpoint, { surroundings, hostKeys }),
  )
  const transport = open(parseEndpoint(address))
  onTestFinished(() => transport.close())
  return transport
}

test('the first fifty requests, made at once, share one connection, and a later one joins them', async () => {
  const { person, sshd } = await acquainted()
  const transport = transportOf(person, addressOf(sshd))
  const asking = () => ping(transport, new AbortController().signal)
  await Promise.all(Array.from({ length: 50 }, asking))
  await asking()
  expect(sshd.connections()).toBe(1)
  expect(sshd.logins()).toBe(1)
})

test('the key of an unknown host is shown, trusted when a person says so, and known from then on', async () => {
  const person = personWithKey(bed.folder)
  const sshd = await hostFor(person)
  const { api, until, dataFolder, close, engineId } = await openSsh(person, addressOf(sshd))
  const { problem } = await until(isRefused)
  expect(problem).toMatchObject({
    code: 'untrusted-host',
    hostKey: {
      ...{ host: '127.0.0.1', port: sshd.port, algorithm: 'ssh-ed25519' },
      ...{ fingerprint: sshd.fingerprint(), trusted: null },
    },
  })
  expect(sshd.logins()).toBe(0)
  const key = seen(problem?.hostKey)
  const other = { ...key, fingerprint: `SHA256:${'A'.repeat(43)}` }
  await expect(api.engines.trustHost(other)).rejects.toMatchObject({ code: 'not-found' })
  await api.engines.trustHost(key)
  await until(isConnected)
  const file = join(dataFolder, 'known_hosts')
  expect(await readFile(file, 'utf8')).toBe(
    `${sshd.knownHost().split(' ').slice(0, 3).join(' ').trim()}\n`,
  )
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  await expect(api.engines.trustHost(key)).rejects.toMatchObject({ code: 'conflict' })
  await api.engines.remove({ engineId })
  await close()
})

test('a changed key is refused, and the app has no way to take it', async () => {
  const { person, sshd } = await acquainted()
  const before = sshd.fingerprint()
  const { api, until } = await openSsh(person, addressOf(sshd))
  await until(isConnected)
  const logins = sshd.logins()
  await sshd.stop()
  sshd.changeKey()
  await sshd.start()
  const { problem } = await until(isRefused)
  expect(problem).toMatchObject({
    code: 'untrusted-host',
    message: expect.stringContaining('attack') as string,
    hint: expect.stringContaining(
      `ssh-keygen -f "${person.file('known_hosts')}" -R "[127.0.0.1]:${sshd.port}"`,
    ) as string,
    hostKey: { fingerprint: sshd.fingerprint(), trusted: before },
  })
  expect(sshd.logins()).toBe(logins)
  await expect(api.engines.trustHost(seen(problem?.hostKey))).rejects.toMatchObject({
    code: 'not-found',
  })
})

test('a host is known by any of its keys and by a hashed name, and not by a key that is revoked', async () => {
  const person = personWithKey(bed.folder)
  const sshd = await hostFor(person, { keys: ['ed25519', 'rsa', 'ecdsa'] })
  person.keep('known_hosts', sshd.knownHost('rsa'))
  execFileSync('ssh-keygen', ['-q', '-H', '-f', person.file('known_hosts')], { stdio: 'ignore' })
  expect(await readFile(person.file('known_hosts'), 'utf8')).toMatch(/^\|1\|/)
  const { api, engineId, until } = await openSsh(person, addressOf(sshd))
  await until(isConnected)

  person.keep(
    'known_hosts',
    `${sshd.knownHost('rsa')}@revoked * ${sshd.knownHost('rsa').split(' ').slice(1).join(' ')}`,
  )
  await sshd.stop()
  await sshd.start()
  const { problem } = await until(isRefused)
  expect(problem).toMatchObject({
    code: 'untrusted-host',
    message: expect.stringContaining('revoked') as string,
  })
  expect(problem?.hostKey).toBeUndefined()
  await api.engines.remove({ engineId })
})

test('an encrypted key is asked of the agent, and the failure says how to give it one', async () => {
  const person = newPerson(bed.folder)
  const encrypted = person.file('work key')
  makeKey(encrypted, 'ed25519', 'a passphrase')
  const sshd = await hostFor(person, { key: 'work key' })
  person.keep('known_hosts', sshd.knownHost())
  const agent = await startSshAgent(person.home)
  onTestFinished(() => agent.stop())
  // More keys than a server hears of before it hangs up.
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) {
    makeKey(join(person.home, name))
    agent.add(join(person.home, name))
  }
  const { api, engineId, until } = await openSsh(person, addressOf(sshd), {
    ssh: { identityFile: encrypted },
    env: { SSH_AUTH_SOCK: agent.socket },
  })
  expect((await until(isRefused)).problem).toMatchObject({
    code: 'unauthorized',
    hint: expect.stringContaining(`ssh-add "${encrypted}"`) as string,
  })
  // The same key without its passphrase, as ssh-add would give it to the agent.
  const open = join(person.home, 'open')
  await writeFile(open, await readFile(encrypted), { mode: 0o600 })
  execFileSync('ssh-keygen', ['-q', '-p', '-P', 'a passphrase', '-N', '', '-f', open], {
    stdio: 'ignore',
  })
  agent.add(open)
  await api.engines.reconnect({ engineId })
  await until(isConnected)
})

test('a person whom the host does not know is told so', async () => {
  const { person, sshd } = await acquainted()
  makeKey(person.file('id_ed25519'))
  const { until } = await openSsh(person, addressOf(sshd))
  expect((await until(isRefused)).problem).toMatchObject({
    code: 'unauthorized',
    message: `127.0.0.1:${sshd.port} does not let root in by SSH.`,
    hint: expect.stringContaining('authorized_keys') as string,
  })
})

test('a user whom the host does not have is told by name, and to check it', async () => {
  const { person, sshd } = await acquainted()
  const address = addressOf(sshd).replace(/\/\/[^@]+@/, '//nobody-of-that-name@')
  const { until } = await openSsh(person, address)
  expect((await until(isRefused)).problem).toMatchObject({
    code: 'unauthorized',
    message: `127.0.0.1:${sshd.port} does not let nobody-of-that-name in by SSH.`,
    hint: expect.stringMatching(/^Check the user\b/) as string,
  })
  expect(sshd.log()).toContain('Invalid user nobody-of-that-name')
  expect(sshd.logins()).toBe(0)
})

describe('through a jump host', () => {
  /** The engine's host, and one before it; by default only the first is known. */
  async function twoHosts() {
    const person = personWithKey(bed.folder)
    const [target, jump] = [await hostFor(person), await hostFor(person)]
    return { person, target, jump }
  }

  test('both hosts prove who they are, the jump host first', async () => {
    const { person, target, jump } = await twoHosts()
    const { api, until } = await openSsh(person, addressOf(target), { ssh: { jump: jump.host } })
    const first = (await until(isRefused)).problem
    expect(first?.hostKey).toMatchObject({ port: jump.port, fingerprint: jump.fingerprint() })
    expect(target.connections()).toBe(0)
    await api.engines.trustHost(seen(first?.hostKey))
    const isOfTarget = (port: number | undefined) => port === target.port
    const second = (await until(({ problem }) => isOfTarget(problem?.hostKey?.port))).problem
    expect(second?.hostKey).toMatchObject({ fingerprint: target.fingerprint(), trusted: null })
    await api.engines.trustHost(seen(second?.hostKey))
    await until(isConnected)
    expect(target.log()).toContain(`Connection from 127.0.0.1`)
    expect(jump.logins()).toBeGreaterThan(0)
  })

  test("ssh's settings give host, user, port, key and jump host of an alias", async () => {
    const { person, target, jump } = await twoHosts()
    person.keep('known_hosts', target.knownHost() + jump.knownHost())
    execFileSync('mv', [person.file('id_ed25519'), person.file('other')])
    person.keep('more', `Host harbour\n  ProxyJump gate\n`)
    person.keep(
      'config',
      [
        'Host harbour gate',
        ...['  HostName 127.0.0.1', '  User root', '  IdentityFile ~/.ssh/other'],
        ...['Host harbour', `  Port ${target.port}`, 'Host gate', `  Port ${jump.port}`],
        `Match all\n  Include ${person.file('more')}\n`,
      ].join('\n'),
    )
    const { until } = await openSsh(person, `ssh://harbour${docker.socket}`)
    await until(isConnected)
    expect(jump.logins()).toBe(1)
    expect(target.logins()).toBe(1)
  })

  test('the jump host that does not reach the other one is named', async () => {
    const { person, target, jump } = await twoHosts()
    person.keep('known_hosts', target.knownHost() + jump.knownHost())
    await target.stop()
    const { api } = await openSsh(person, addressOf(target), { ssh: { jump: jump.host } })
    const tried = api.engines.test({
      ...{ address: addressOf(target), tls: null },
      ssh: { identityFile: null, jump: jump.host },
    })
    await expect(tried).rejects.toMatchObject({
      code: 'engine-unreachable',
      message: `127.0.0.1:${jump.port} does not reach 127.0.0.1:${target.port}.`,
    })
  })
})

test('an SSH server that ends is lost and found again, and cut-off requests fail at once', async () => {
  const { person, sshd } = await acquainted()
  const { run, idOf } = maker(docker, bed.busybox)
  const id = await idOf(await run())
  const { api, engineId, until } = await openSsh(person, addressOf(sshd))
  await until(isConnected)
  const shell = await openTerminal(api, engineId, id, { kind: 'exec' })
  await shell.type('echo $((40 + 2))\r')
  await shell.until('42')
  await sshd.stop()
  await until(({ state }) => state === 'reconnecting')
  await shell.ended()
  await sshd.start()
  await until(isConnected)
  await expect(api.containers.inspect({ engineId, id, reveal: false })).resolves.toBeDefined()
  expect(sshd.logins()).toBe(2)
})

test('a socket that is not there, and a server that does not forward to it, are said in words', async () => {
  const { person, sshd } = await acquainted()
  const { api } = await openSsh(person, addressOf(sshd))
  const tried = (address: string) =>
    api.engines.test({ address, tls: null, ssh: { identityFile: null, jump: null } })
  await expect(tried(addressOf(sshd, '/nowhere/docker.sock'))).rejects.toMatchObject({
    code: 'engine-unreachable',
    message: `127.0.0.1:${sshd.port} gives no connection to /nowhere/docker.sock.`,
    data: { hint: expect.stringContaining('AllowStreamLocalForwarding') as string },
  })
  const strict = await hostFor(person, { config: ['AllowStreamLocalForwarding no'] })
  person.keep('known_hosts', sshd.knownHost() + strict.knownHost())
  await expect(tried(addressOf(strict))).rejects.toMatchObject({ code: 'engine-unreachable' })
})
