import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCredentials } from '../../../main/registries/credentials'
import { createPasswordStore } from '../../../main/registries/passwordStore'
import { createSecretFile } from '../../../main/secrets'
import { temporaryFolder } from './folder'
import { installHelper, installScript, type HelperRecords } from './helperProgram'

const auth = (username: string, password: string) => ({
  auth: Buffer.from(`${username}:${password}`).toString('base64'),
})
const password = (username: string, word: string) => ({
  kind: 'password' as const,
  username,
  password: word,
})

interface Machine {
  own?: Record<string, { username: string; password: string }>
  dockerConfig?: unknown
  podman?: unknown
  helpers?: Record<string, HelperRecords>
}

/** The files and helpers of a machine, all real, in a folder of their own. */
function machine({ own, dockerConfig, podman, helpers = {} }: Machine) {
  const folder = temporaryFolder()
  const files = {
    own: join(folder, 'own.json'),
    dockerConfig: join(folder, 'config.json'),
    podman: join(folder, 'auth.json'),
  }
  const write = (file: string, content: unknown) => {
    if (content === undefined) return
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  }
  write(files.own, own)
  write(files.dockerConfig, dockerConfig)
  write(files.podman, podman)
  const installed = Object.fromEntries(
    Object.entries(helpers).map(([name, records]) => [name, installHelper(folder, name, records)]),
  )
  const warnings: string[] = []
  const credentials = createCredentials({
    dockerConfigFile: files.dockerConfig,
    podmanAuthFiles: [join(folder, 'none.json'), files.podman],
    store: createPasswordStore(createSecretFile(files.own)),
    onWarning: (sentence) => warnings.push(sentence),
    environment: { PATH: folder },
    helperTimeoutMillis: 10_000,
  })
  const read = (file: keyof typeof files): unknown => JSON.parse(readFileSync(files[file], 'utf8'))
  return { credentials, folder, files, read, warnings, installed }
}

describe('looking up a credential', () => {
  it('prefers the helper of the host to the default helper, and that to the file', async () => {
    const { credentials } = machine({
      dockerConfig: {
        auths: {
          'a.example': auth('file', 'f'),
          'b.example': auth('file', 'f'),
          'c.example': auth('file', 'f'),
        },
        credHelpers: { 'a.example': 'special' },
        credsStore: 'general',
      },
      helpers: {
        special: { 'a.example': { Username: 'special', Secret: 's' } },
        general: {
          'a.example': { Username: 'general', Secret: 'g' },
          'b.example': { Username: 'general', Secret: 'g' },
        },
      },
    })
    expect(await credentials.lookup('a.example')).toEqual(password('special', 's'))
    expect(await credentials.lookup('b.example')).toEqual(password('general', 'g'))
    expect(await credentials.lookup('c.example')).toEqual(password('file', 'f'))
  })

  it('asks only the helper that is meant for the host', async () => {
    const { credentials, installed } = machine({
      dockerConfig: { credHelpers: { 'a.example': 'special' }, credsStore: 'general' },
      helpers: { special: {}, general: { 'a.example': { Username: 'x', Secret: 'y' } } },
    })
    expect(await credentials.lookup('a.example')).toBeNull()
    expect(installed.general?.calls()).toEqual([])
    await credentials.lookup('b.example')
    expect(installed.special?.calls()).toEqual([['get', 'a.example']])
  })

  it('asks helpers first, then takes what was given to this app, then docker’s file, and Podman’s last', async () => {
    const { credentials } = machine({
      own: {
        'a.example': { username: 'own', password: 'o' },
        'b.example': { username: 'own', password: 'o' },
      },
      dockerConfig: {
        auths: { 'b.example': auth('file', 'f'), 'c.example': auth('file', 'f') },
        credsStore: 'general',
      },
      helpers: { general: { 'a.example': { Username: 'helped', Secret: 'h' } } },
      podman: { auths: { 'c.example': auth('pod', 'p'), 'd.example': auth('pod', 'p:q') } },
    })
    expect(await credentials.lookup('a.example')).toEqual(password('helped', 'h'))
    expect(await credentials.lookup('b.example')).toEqual(password('own', 'o'))
    expect(await credentials.lookup('c.example')).toEqual(password('file', 'f'))
    expect(await credentials.lookup('d.example')).toEqual(password('pod', 'p:q'))
  })

  it('matches the exact host only', async () => {
    const { credentials } = machine({
      dockerConfig: { auths: { 'example.com:5000': auth('ann', 'pw') } },
      podman: { auths: { 'quay.io/team': auth('ann', 'pw') } },
    })
    const strangers = ['example.com', 'example.com:5001', 'a.example.com:5000', 'm:5000', 'quay.io']
    for (const host of strangers) expect(await credentials.lookup(host)).toBeNull()
    expect(await credentials.lookup('EXAMPLE.com:5000')).toEqual(password('ann', 'pw'))
  })

  it('knows Docker Hub by each of its names', async () => {
    const { credentials } = machine({
      dockerConfig: { credsStore: 'general' },
      helpers: { general: { 'https://index.docker.io/v1/': { Username: 'ann', Secret: 'pw' } } },
    })
    for (const host of ['docker.io', 'index.docker.io', 'registry-1.docker.io']) {
      expect(await credentials.lookup(host)).toEqual(password('ann', 'pw'))
    }
  })

  it('finds nothing, without trouble, on a machine where nobody ever logged in', async () => {
    const { credentials, warnings } = machine({})
    expect(await credentials.lookup('docker.io')).toBeNull()
    expect(await credentials.list()).toEqual({ logins: [], warnings: [] })
    expect(warnings).toEqual([])
  })

  it('goes on past a broken file and a missing helper, and says so', async () => {
    const broken = machine({
      dockerConfig: '{',
      podman: { auths: { 'a.example': auth('p', 'p') } },
    })
    expect(await broken.credentials.lookup('a.example')).toEqual(password('p', 'p'))
    expect(broken.warnings).toEqual([`${broken.files.dockerConfig} is not valid JSON.`])

    const missing = machine({
      dockerConfig: { auths: { 'a.example': auth('f', 'f') }, credsStore: 'desktop' },
    })
    expect(await missing.credentials.lookup('a.example')).toEqual(password('f', 'f'))
    expect(missing.warnings).toEqual(['docker-credential-desktop is not installed.'])
  })

  it('honours an identity token', async () => {
    const { credentials } = machine({
      dockerConfig: { auths: { 'a.example': { ...auth('ann', ''), identitytoken: 'tok' } } },
    })
    expect(await credentials.lookup('a.example')).toEqual({ kind: 'identity-token', token: 'tok' })
  })
})

describe('listing the logins', () => {
  it('tells host, user name and place of each, one for a host, without secrets', async () => {
    const { credentials } = machine({
      own: { 'own.example': { username: 'own', password: 'secret-1' } },
      dockerConfig: {
        auths: {
          'file.example': auth('file', 'secret-2'),
          'own.example': auth('older', 'secret-3'),
          'special.example': {},
        },
        credHelpers: { 'special.example': 'special', 'unused.example': 'special' },
        credsStore: 'general',
      },
      podman: { auths: { 'pod.example': auth('pod', 'secret-4'), 'quay.io/team': auth('x', 'y') } },
      helpers: {
        special: { 'special.example': { Username: '<token>', Secret: 'secret-5' } },
        general: {
          'https://index.docker.io/v1/access-token': { Username: 'token', Secret: 'secret-6' },
          'https://index.docker.io/v1/': { Username: 'hub', Secret: 'secret-7' },
          'special.example': { Username: 'never asked', Secret: 'secret-8' },
        },
      },
    })
    const list = await credentials.list()
    expect(list).toEqual({
      logins: [
        { host: 'docker.io', username: 'hub', source: 'credential-helper', helper: 'general' },
        { host: 'file.example', username: 'file', source: 'docker-config' },
        { host: 'own.example', username: 'own', source: 'longshore' },
        { host: 'pod.example', username: 'pod', source: 'podman-auth' },
        {
          host: 'special.example',
          username: null,
          source: 'credential-helper',
          helper: 'special',
        },
      ],
      warnings: [],
    })
    expect(JSON.stringify(list)).not.toContain('secret')
  })

  it('names what could not be read, once, beside what could', async () => {
    const { credentials, folder } = machine({
      dockerConfig: {
        auths: { 'file.example': auth('file', 'f') },
        credHelpers: { 'a.example': 'locked', 'b.example': 'locked' },
        credsStore: 'desktop',
      },
      podman: 'not json',
    })
    installScript(folder, 'locked', '#!/bin/sh\necho "unlock me"; exit 1\n')
    const { logins, warnings } = await credentials.list()
    expect(logins.map(({ host }) => host)).toEqual(['file.example'])
    expect(warnings.sort()).toEqual([
      expect.stringMatching(/auth\.json is not valid JSON\.$/),
      'docker-credential-desktop is not installed.',
      'docker-credential-locked failed (get). It says: unlock me',
    ])
  })
})

describe('keeping a password', () => {
  const login = password('ann', 'p:w')
  const kept = { username: 'ann', password: 'p:w' }

  it('uses this app’s own store where docker has no helper', async () => {
    const { credentials, read, files } = machine({
      dockerConfig: { auths: { 'b.example': auth('b', 'b') } },
    })
    const before = readFileSync(files.dockerConfig, 'utf8')
    expect(await credentials.save('a.example', login)).toEqual({ source: 'longshore' })
    expect(read('own')).toEqual({ 'a.example': kept })
    expect(readFileSync(files.dockerConfig, 'utf8')).toBe(before)
    expect(await credentials.lookup('a.example')).toEqual(password('ann', 'p:w'))
  })

  it('uses the helper that docker would use, under the name that docker uses', async () => {
    const { credentials, installed } = machine({
      dockerConfig: { credHelpers: { 'a.example': 'special' }, credsStore: 'general' },
      helpers: { special: {}, general: {} },
    })
    expect(await credentials.save('a.example', login)).toEqual({
      source: 'credential-helper',
      helper: 'special',
    })
    await credentials.save('docker.io', login)
    expect(installed.special?.records()).toEqual({
      'a.example': { Username: 'ann', Secret: 'p:w' },
    })
    expect(Object.keys(installed.general?.records() ?? {})).toEqual(['https://index.docker.io/v1/'])
  })

  it('does not leave an older password of its own before that of the helper', async () => {
    const { credentials } = machine({
      own: { 'a.example': { username: 'old', password: 'old' } },
      dockerConfig: { credsStore: 'general' },
      helpers: { general: {} },
    })
    await credentials.save('a.example', login)
    expect(await credentials.lookup('a.example')).toEqual(password('ann', 'p:w'))
  })

  it('falls back to its own store when the helper is not installed', async () => {
    const { credentials, warnings } = machine({ dockerConfig: { credsStore: 'desktop' } })
    expect(await credentials.save('a.example', login)).toEqual({ source: 'longshore' })
    expect(warnings).toEqual(['docker-credential-desktop is not installed.'])
  })

  it('does not hide that the helper refuses', async () => {
    const { credentials, folder } = machine({ dockerConfig: { credsStore: 'locked' } })
    installScript(folder, 'locked', '#!/bin/sh\ncat >/dev/null\necho "locked"; exit 1\n')
    await expect(credentials.save('a.example', login)).rejects.toMatchObject({
      engineMessage: 'locked',
    })
  })

  it('loses nothing when several are kept at once', async () => {
    const { credentials, read } = machine({})
    const hosts = Array.from({ length: 20 }, (_, n) => `host${n}.example`)
    await Promise.all(hosts.map((host) => credentials.save(host, login)))
    expect(Object.keys(read('own') as object).sort()).toEqual(hosts.sort())
  })
})

describe('choosing where a login is kept', () => {
  const login = password('ann', 'p:w')

  it('tells the helper that docker would use, if it is installed, and takes it where nothing is chosen', async () => {
    const { credentials, files } = machine({
      dockerConfig: { credHelpers: { 'a.example': 'absent' }, credsStore: 'general' },
      helpers: { general: {} },
    })
    const dockerConfigFile = files.dockerConfig
    expect(await credentials.places('a.example')).toEqual({
      helper: null,
      usual: 'longshore',
      dockerConfigFile,
    })
    expect(await credentials.places('b.example')).toEqual({
      helper: { name: 'general', logsInByItself: false },
      usual: 'helper',
      dockerConfigFile,
    })
  })

  it('puts it into docker’s config.json as docker does, readable by its owner only', async () => {
    const { credentials, files, read } = machine({
      own: { 'docker.io': { username: 'older', password: 'o' } },
      dockerConfig: { auths: { 'index.docker.io': auth('oldest', 'o') }, psFormat: 'table' },
    })
    const saved = await credentials.save('docker.io', login, 'docker-config')
    expect(saved).toEqual({ source: 'docker-config' })
    expect(read('dockerConfig')).toEqual({
      auths: { 'https://index.docker.io/v1/': auth('ann', 'p:w') },
      psFormat: 'table',
    })
    expect(statSync(files.dockerConfig).mode & 0o777).toBe(0o600)
    expect(await credentials.lookup('docker.io')).toEqual(login)
  })

  it('makes what was chosen count, though the helper had another login', async () => {
    const { credentials, installed } = machine({
      dockerConfig: { credsStore: 'general' },
      helpers: { general: { 'a.example': { Username: 'older', Secret: 'o' } } },
    })
    await credentials.save('a.example', login, 'longshore')
    expect(await credentials.lookup('a.example')).toEqual(login)
    expect(installed.general?.records()).toEqual({})
  })

  it('keeps an identity token in each of the places', async () => {
    const token = { kind: 'identity-token' as const, token: 'tok' }
    const { credentials, installed, read } = machine({
      dockerConfig: { credHelpers: { 'a.example': 'special' } },
      helpers: { special: {} },
    })
    await credentials.save('a.example', token)
    await credentials.save('b.example', token)
    await credentials.save('c.example', token, 'docker-config')
    expect(installed.special?.records()).toEqual({
      'a.example': { Username: '<token>', Secret: 'tok' },
    })
    expect(read('own')).toEqual({ 'b.example': { identityToken: 'tok' } })
    expect(read('dockerConfig')).toMatchObject({
      auths: { 'c.example': { identitytoken: 'tok' } },
    })
    for (const host of ['a.example', 'b.example', 'c.example']) {
      expect(await credentials.lookup(host)).toEqual(token)
    }
  })

  it('knows that the helper of a cloud logs in by itself, and lets nothing be kept behind it', async () => {
    const ecr = 'a.dkr.ecr.eu-west-1.amazonaws.com'
    const { credentials, folder } = machine({
      dockerConfig: { credHelpers: { [ecr]: 'ecr-login' } },
    })
    const answer = JSON.stringify({ ServerURL: ecr, Username: 'AWS', Secret: 'made' })
    installScript(
      folder,
      'ecr-login',
      `#!/bin/sh\n[ "$1" = get ] && echo '${answer}' || { echo "not implemented"; exit 1; }\n`,
    )
    expect(await credentials.places(ecr)).toMatchObject({
      helper: { name: 'ecr-login', logsInByItself: true },
      usual: 'longshore',
    })
    expect(await credentials.lookup(ecr)).toEqual(password('AWS', 'made'))
    await expect(credentials.save(ecr, login)).rejects.toMatchObject({
      code: 'conflict',
      message: `docker-credential-ecr-login logs in to ${ecr} by itself.`,
    })
  })

  it('logs out without asking the helper of a cloud to forget what it makes', async () => {
    const { credentials, folder, read } = machine({
      own: { 'eu.gcr.io': { username: 'ann', password: 'pw' } },
      dockerConfig: { credHelpers: { 'eu.gcr.io': 'gcloud' } },
    })
    installScript(folder, 'gcloud', '#!/bin/sh\necho "not implemented"; exit 1\n')
    await credentials.remove('eu.gcr.io')
    expect(read('own')).toEqual({})
  })

  it('takes a login of its own where the helper of a cloud has none', async () => {
    const { credentials, folder } = machine({
      dockerConfig: { credHelpers: { 'eu.gcr.io': 'gcloud' } },
    })
    installScript(folder, 'gcloud', '#!/bin/sh\necho "no account is active"; exit 1\n')
    await credentials.save('eu.gcr.io', login)
    expect(await credentials.lookup('eu.gcr.io')).toEqual(login)
  })

  it('notices a helper that says yes and keeps nothing', async () => {
    const { credentials, folder } = machine({ dockerConfig: { credsStore: 'forgetful' } })
    installScript(
      folder,
      'forgetful',
      '#!/bin/sh\n[ "$1" = get ] && { echo "credentials not found in native keychain"; exit 1; }\nexit 0\n',
    )
    await expect(credentials.save('a.example', login)).rejects.toMatchObject({
      code: 'conflict',
      message: 'docker-credential-forgetful did not keep the login.',
    })
  })

  it('says so where a helper is chosen and docker has none', async () => {
    const { credentials } = machine({})
    await expect(credentials.save('a.example', login, 'helper')).rejects.toMatchObject({
      code: 'conflict',
      message: 'Docker has no credential helper for a.example.',
    })
  })
})

describe('logging out', () => {
  it('forgets the host everywhere, and nothing else', async () => {
    const both = (user: string) => ({ 'a.example': auth(user, 'x'), 'b.example': auth(user, 'y') })
    const { credentials, read, installed } = machine({
      own: {
        'a.example': { username: 'own', password: 'o' },
        'b.example': { username: 'own', password: 'o' },
      },
      dockerConfig: { auths: both('file'), credsStore: 'general', detachKeys: 'ctrl-e,e' },
      podman: { auths: both('pod') },
      helpers: {
        general: {
          'a.example': { Username: 'h', Secret: 'h' },
          'b.example': { Username: 'h', Secret: 'h' },
        },
      },
    })
    await credentials.remove('A.example')
    expect(await credentials.lookup('a.example')).toBeNull()
    expect(Object.keys(read('own') as object)).toEqual(['b.example'])
    expect(Object.keys(installed.general?.records() ?? {})).toEqual(['b.example'])
    expect(read('dockerConfig')).toEqual({
      auths: { 'b.example': auth('file', 'y') },
      credsStore: 'general',
      detachKeys: 'ctrl-e,e',
    })
    expect(read('podman')).toEqual({ auths: { 'b.example': auth('pod', 'y') } })
  })

  it('of a host that nobody knows is no error', async () => {
    const { credentials } = machine({
      dockerConfig: { credsStore: 'general' },
      helpers: { general: {} },
    })
    await expect(credentials.remove('a.example')).resolves.toBeUndefined()
  })

  it('does not need a helper that is not installed', async () => {
    const { credentials, read } = machine({
      dockerConfig: { auths: { 'a.example': auth('f', 'f') }, credsStore: 'desktop' },
    })
    await credentials.remove('a.example')
    expect(read('dockerConfig')).toEqual({ auths: {}, credsStore: 'desktop' })
  })

  it('goes on past a place that fails, and then says so', async () => {
    const { credentials, folder, read } = machine({
      dockerConfig: { credsStore: 'locked' },
      podman: { auths: { 'a.example': auth('pod', 'p') } },
    })
    installScript(folder, 'locked', '#!/bin/sh\necho "locked"; exit 1\n')
    await expect(credentials.remove('a.example')).rejects.toMatchObject({ engineMessage: 'locked' })
    expect(read('podman')).toEqual({ auths: {} })
  })
})

describe('the passwords of this app', () => {
  it('that cannot be read are reported, and not quoted', async () => {
    const { credentials, files } = machine({})
    writeFileSync(files.own, '{"a.example":{"username":"ann","password":"hunter2"')
    const { warnings } = await credentials.list()
    expect(warnings).toEqual(['The kept registry passwords cannot be read.'])
  })

  it('that cannot be read do not prevent the next login', async () => {
    const { credentials, files, read } = machine({})
    writeFileSync(files.own, '{')
    await credentials.save('a.example', password('ann', 'pw'))
    expect(read('own')).toEqual({ 'a.example': { username: 'ann', password: 'pw' } })
  })
})
