import { randomUUID } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import type { Api } from '../../preload/contract'
import { engineCli, type EngineFacts } from '../bed'
import { buildFolder, buildForm } from '../buildFolder'
import { engineOf, itemsOf } from '../client'
import { letIn, startServedApp } from '../servedApp'
import { filesBelow, leaks, plain, type Fails } from './secrets/leaks'
import { settingsSecrets, useSettings } from './secrets/settings'
import { useTlsEngine } from './secrets/tlsEngine'

const bed = inject('bed')

/** Everything that a person would not want to find in a file, each by the place where it was planted. */
function plantSecrets() {
  const planted = () => `planted-${randomUUID()}`
  return {
    environment: planted(),
    label: planted(),
    buildArgument: planted(),
    registryPassword: planted(),
    keptPassword: bed.registries.authenticated.password,
    identityToken: planted(),
    dockerConfig: planted(),
    helperAnswer: planted(),
    helperComplaint: planted(),
    proxy: planted(),
    terminalInput: planted(),
    program: planted(),
    fileContent: planted(),
    savedText: planted(),
    unreadableInput: planted(),
    engineAddress: planted(),
    ...settingsSecrets(planted),
  }
}
type Secrets = ReturnType<typeof plantSecrets>

/** The files that are meant to keep a secret: ours, and those that it came from. */
const keepers: Readonly<Record<string, string[]>> = {
  'data/secrets.json': ['keptPassword'],
  'docker/config.json': ['dockerConfig'],
  'commands/docker-credential-planted': ['helperAnswer'],
  'commands/docker-credential-failing': ['helperComplaint'],
  // The person has to read them somewhere.
  'stdout.log': ['token', 'nextToken'],
}

describe.each(bed.engines)('secrets on $kind', (engine) => {
  test('stay where they were put: no log, no file and no error of the app holds one', async () => {
    const secrets = plantSecrets()
    const app = await openApp(engine, secrets)
    const errors = await useEverywhere(app.api, engine, secrets)
    const tls = await useTlsEngine(app.api, engine, bed.folder)
    await app.end()

    const written = await filesBelow(app.folder)
    // The log was written, at its most talkative, and so were the files.
    expect([...written.keys()]).toEqual(
      expect.arrayContaining([
        ...['stdout.log', 'stderr.log'],
        ...['data/jobs.json', 'data/settings.json', 'data/secrets.json', 'data/engines.json'],
      ]),
    )
    expect(written.get('stderr.log')).not.toBe('')
    written.set('errors that crossed to the page', JSON.stringify([...errors, ...tls.errors]))
    const all = { ...secrets, ...app.session, ...tls.secrets }
    expect(leaks(written, all, keepers)).toEqual([])
    expect(written.get('data/secrets.json')).toContain(secrets.keptPassword)
    expect(written.get('stdout.log')).toContain(app.session.nextToken)
    expect(statSync(join(app.folder, 'data/secrets.json')).mode & 0o777).toBe(0o600)
  })
})

/** Browser mode in a process of its own, whose home, temporary folder, data and output lie in one folder. */
async function openApp(engine: EngineFacts, secrets: Secrets) {
  const folder = mkdtempSync(join(bed.folder, 'secrets-'))
  const at = (name: string) => join(folder, name)
  for (const name of ['data', 'docker', 'tmp', 'home', 'commands']) mkdirSync(at(name))
  writeFileSync(
    at('docker/config.json'),
    JSON.stringify({
      auths: { 'planted.invalid': { auth: btoa(`sailor:${secrets.dockerConfig}`) } },
      credHelpers: { 'helped.invalid': 'planted', 'failing.invalid': 'failing' },
    }),
  )
  const answer = JSON.stringify({ Username: 'sailor', Secret: secrets.helperAnswer })
  command(at('commands/docker-credential-planted'), `cat > /dev/null; echo '${answer}'`)
  command(
    at('commands/docker-credential-failing'),
    `cat > /dev/null; echo 'no key for ${secrets.helperComplaint}' >&2; echo '{"Secret":"${secrets.helperComplaint}"'; exit 1`,
  )
  const app = await startServedApp({
    folder,
    engine: engine.socket,
    environment: {
      LONGSHORE_LOG: 'trace',
      LONGSHORE_DATA: at('data'),
      HOME: at('home'),
      TMPDIR: at('tmp'),
      DOCKER_CONFIG: at('docker'),
      REGISTRY_AUTH_FILE: at('auth.json'),
      PATH: `${at('commands')}:${process.env['PATH'] ?? ''}`,
      HTTPS_PROXY: `http://sailor:${secrets.proxy}@127.0.0.1:1`,
    },
  })
  const { api, ...opened } = await letIn(app.address())
  await app.addresses(2)
  const nextToken = new URL(app.address()).searchParams.get('token') ?? ''
  return { api, folder, session: { ...opened, nextToken }, end: () => app.end() }
}

function command(file: string, script: string): void {
  writeFileSync(file, `#!/bin/sh\n${script}\n`)
  chmodSync(file, 0o755)
}

/** Uses each secret as a person does, rightly and wrongly. Resolves with all errors that were shown. */
async function useEverywhere(api: Api, engine: EngineFacts, secrets: Secrets): Promise<unknown[]> {
  const errors: unknown[] = []
  const fails: Fails = async (work) => {
    await work.then(
      (given) => errors.push({ unexpected: given }),
      (error: unknown) => errors.push(plain(error)),
    )
  }
  const { id: engineId } = await engineOf(api)
  const ended = async (jobId: string) => {
    const jobs = await itemsOf(api.jobs.watch(), (all) =>
      all.some(({ id, state }) => id === jobId && state !== 'running'),
    )
    return jobs.find(({ id }) => id === jobId)
  }

  const container = await runOne(api, engine, engineId, secrets)
  const shown = [
    await api.containers.inspect({ engineId, id: container }),
    await api.containers.settings({ engineId, id: container }),
  ]
  expect(JSON.stringify(shown)).not.toContain(secrets.environment)
  expect(JSON.stringify(shown[0])).not.toContain(secrets.label)

  await useSettings(api, engine, { engineId, busybox: bed.busybox, ended }, secrets, fails)
  await useRegistries(api, secrets, fails)
  await useFiles(api, { engineId, containerId: container }, secrets, fails)
  await useTerminal(api, { engineId, containerId: container }, secrets)

  const folder = await buildFolder({
    Dockerfile: `FROM ${bed.busybox}\nARG API_TOKEN\nRUN test -z "$API_TOKEN"\n`,
  })
  const form = buildForm(folder, {
    arguments: [{ name: 'API_TOKEN', value: secrets.buildArgument }],
  })
  await api.settings.change({ buildForm: form })
  const { jobId } = await api.builds.start({ engineId, ...form })
  expect(await ended(jobId)).toMatchObject({ state: 'failed' })

  const reference = `${bed.registries.authenticated.host}/secrets:1`
  await api.images.tag({ engineId, id: await imageOf(api, engineId), reference })
  onTestFinished(async () => {
    await engineCli(engine)(['rmi', '--force', reference]).catch(() => undefined)
  })
  const pushed = await api.images.push({ engineId, references: [reference] })
  expect(await ended(pushed.jobId)).toMatchObject({ state: 'succeeded' })

  // What the contract refuses, and what no procedure expects.
  const wrongInput: unknown = Reflect.apply(api.registries.logIn, undefined, [
    { host: 7, username: 'sailor', password: { token: secrets.unreadableInput } },
  ])
  await fails(Promise.resolve(wrongInput))
  for (const protocol of ['ssh', 'tcp']) {
    const address = `${protocol}://sailor:${secrets.engineAddress}@127.0.0.1:1`
    await fails(api.engines.test({ address, tls: null, ssh: null }))
    await fails(api.engines.add({ address, tls: null, ssh: null, name: '' }))
  }
  return errors
}

async function runOne(
  api: Api,
  engine: EngineFacts,
  engineId: string,
  secrets: Secrets,
): Promise<string> {
  const name = `secrets-${randomUUID().slice(0, 8)}`
  onTestFinished(async () => {
    await engineCli(engine)(['rm', '--force', name]).catch(() => undefined)
  })
  const settings = {
    image: bed.busybox,
    environment: [{ name: 'API_TOKEN', value: secrets.environment }],
    labels: { 'com.example.password': secrets.label },
    command: ['sleep', '600'],
  }
  const { id } = await api.containers.run({ engineId, ...settings, name })
  // The name is taken: the engine refuses it, with the same secrets.
  await expect(api.containers.run({ engineId, ...settings, name })).rejects.toThrow()
  return id
}

async function useRegistries(api: Api, secrets: Secrets, fails: Fails): Promise<void> {
  const { authenticated, token } = bed.registries
  const { host, user, password } = authenticated
  const wrong = { username: user, password: secrets.registryPassword }
  await fails(api.registries.logIn({ host, ...wrong, keepIn: 'longshore' }))
  await fails(
    api.registries.logIn({
      host: token.host,
      kind: 'identity-token',
      password: secrets.identityToken,
    }),
  )
  await api.registries.logIn({ host, username: user, password, keepIn: 'longshore' })
  await api.registries.list()
  await api.registries.catalog({ host })
  for (const unreachable of ['planted.invalid', 'helped.invalid', 'failing.invalid']) {
    await fails(api.registries.tags({ host: unreachable, repository: 'a' }))
  }
}

interface Target {
  engineId: string
  containerId: string
}

async function useFiles(api: Api, target: Target, secrets: Secrets, fails: Fails): Promise<void> {
  const file = { target, path: '/planted' }
  await api.files.save({ ...file, text: secrets.fileContent, expected: null })
  expect(await api.files.preview(file)).toMatchObject({ content: { text: secrets.fileContent } })
  await fails(api.files.save({ ...file, text: secrets.savedText, expected: null }))
}

async function useTerminal(api: Api, target: Target, secrets: Secrets): Promise<void> {
  const size = { columns: 80, rows: 24 }
  const command = ['sh', '-c', 'read -r line; test -n "$line" && echo read', secrets.program]
  const { terminalId } = await api.terminals.open({
    ...{ kind: 'exec', ...target, ...size },
    command: [command[0] ?? '', ...command.slice(1)],
  })
  await api.terminals.write({ terminalId, data: `${secrets.terminalInput}\n` })
  let output = ''
  for await (const message of await api.terminals.output({ terminalId, ...size })) {
    if ('data' in message) output += message.data
  }
  expect(output).toContain('read')
  await api.terminals.close({ terminalId })
}

async function imageOf(api: Api, engineId: string): Promise<string> {
  const named = ({ references }: { references: string[] }) => references.includes(bed.busybox)
  const images = await itemsOf(api.images.watch({ engineId }), (all) => all.some(named))
  return images.find(named)?.id ?? ''
}
