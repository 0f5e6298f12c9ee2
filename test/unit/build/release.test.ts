import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { writeChecksums } from '../../../build/steps/checksums.mjs'
import { readConfiguration } from '../../../build/steps/packaging.mjs'
import { readReleaseKeys } from '../../../build/steps/releaseKeys.mjs'
import { changesIn, releaseNotes } from '../../../build/steps/releaseNotes.mjs'
import { writeDesktopSbom } from '../../../build/steps/sbom.mjs'
import { isSignedBy } from '../../../main/shell/updateSignature'

const runs = promisify(execFile)
const root = resolve('.')
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longshore-release-'))
  onTestFinished(() => rm(folder, { recursive: true }))
})

const write = (name: string, content: string) => writeFile(join(folder, name), content)
const read = (name: string) => readFile(join(folder, name), 'utf8')

/** A key as docs/releases.md has it made; the path of its file. */
async function makeKey(type: 'ed25519' | 'ed448' = 'ed25519'): Promise<string> {
  const file = join(folder, 'builder-key.pem')
  await runs('openssl', ['genpkey', '-algorithm', type, '-out', file])
  return file
}

describe('checksums', () => {
  test('are those that sha256sum takes, and signed where there is a key', async () => {
    const { signingKey } = readReleaseKeys({ LONGSHORE_SIGNING_KEY: await makeKey() })
    await write('longshore.deb', 'package')
    await write('latest-linux.yml', 'version: 1.0.0')
    await write('builder-debug.yml', 'not for people')
    const names = await writeChecksums(folder, signingKey)
    expect(names).toEqual(['latest-linux.yml', 'longshore.deb'])
    const { stdout } = await runs('sha256sum', ['--check', 'SHA256SUMS'], { cwd: folder })
    expect(stdout).toBe('latest-linux.yml: OK\nlongshore.deb: OK\n')
    // Again, with what the first time made.
    expect(await writeChecksums(folder, signingKey)).toEqual(names)
  })

  test('have a signature that openssl and the app itself verify', async () => {
    const key = await makeKey()
    const keys = readReleaseKeys({
      LONGSHORE_SIGNING_KEY: key,
      LONGSHORE_UPDATE_URL: 'https://example.org/longshore/',
    })
    await write('latest.yml', 'version: 1.0.0')
    await writeChecksums(folder, keys.signingKey)
    const publicKey = keys.feed?.publicKey ?? ''
    const signature = await read('latest.yml.sig')
    expect(isSignedBy(await read('latest.yml'), signature, publicKey)).toBe(true)
    expect(isSignedBy('version: 1.0.1', signature, publicKey)).toBe(false)

    // The words of docs/releases.md.
    await runs('openssl', [
      'pkey',
      '-in',
      key,
      '-pubout',
      '-out',
      join(folder, 'builder-public.pem'),
    ])
    const verify =
      'base64 -d SHA256SUMS.sig > signature && openssl pkeyutl -verify -pubin ' +
      '-inkey builder-public.pem -rawin -in SHA256SUMS -sigfile signature'
    const { stdout } = await runs('sh', ['-c', verify], { cwd: folder })
    expect(stdout).toContain('Verified Successfully')
    await write('SHA256SUMS', 'changed')
    await expect(runs('sh', ['-c', verify], { cwd: folder })).rejects.toThrow()
  })
})

describe('the keys of a release', () => {
  test('are none: nothing is signed, no updater is built in, and both are said', () => {
    const { configuration, feed, notes } = readReleaseKeys({})
    expect([configuration, feed]).toEqual([{}, null])
    expect(notes.mac.join()).toContain('macOS is not signed')
    expect(notes.win.join()).toContain('Windows is not signed')
    expect(notes.all.join()).toMatch(/No updater is built in.*not signed/)
  })

  test("that are given become electron-builder's configuration, which its schema takes", async () => {
    const { configuration, notes } = readReleaseKeys({
      LONGSHORE_SIGNING_KEY: await makeKey(),
      LONGSHORE_UPDATE_URL: 'https://example.org/longshore/',
      CSC_LINK: 'certificate.p12',
      APPLE_API_KEY: 'key.p8',
      APPLE_API_KEY_ID: 'ID',
      APPLE_API_ISSUER: 'issuer',
      AZURE_SIGN_ENDPOINT: 'https://weu.codesigning.azure.net/',
      AZURE_SIGN_ACCOUNT: 'account',
      AZURE_SIGN_PROFILE: 'profile',
      AZURE_SIGN_PUBLISHER: 'CN=Longshore',
    })
    const { mac, win, publish } = await readConfiguration(root, configuration)
    expect(mac).toMatchObject({ notarize: true, forceCodeSigning: true, hardenedRuntime: true })
    expect(win).toMatchObject({
      forceCodeSigning: true,
      azureSignOptions: { publisherName: 'CN=Longshore', certificateProfileName: 'profile' },
    })
    expect(publish).toEqual({ provider: 'generic', url: 'https://example.org/longshore/' })
    expect([notes.mac, notes.win]).toEqual([[], []])
    await expect(readConfiguration(root, { mac: { notarise: true } })).rejects.toThrow(
      /configuration.mac should be/,
    )
  })

  test('that do not fit together are refused in words', async () => {
    const url = 'https://example.org/'
    expect(() => readReleaseKeys({ LONGSHORE_UPDATE_URL: url })).toThrow(
      /LONGSHORE_SIGNING_KEY too/,
    )
    const LONGSHORE_SIGNING_KEY = await makeKey()
    const insecure = { LONGSHORE_SIGNING_KEY, LONGSHORE_UPDATE_URL: 'http://example.org/' }
    expect(() => readReleaseKeys(insecure)).toThrow(/https:/)
    expect(() => readReleaseKeys({ AZURE_SIGN_ACCOUNT: 'account' })).toThrow(/takes all of/)
    expect(() => readReleaseKeys({ LONGSHORE_SIGNING_KEY: join(folder, 'none') })).toThrow(/ENOENT/)
    const other = { LONGSHORE_SIGNING_KEY: await makeKey('ed448') }
    expect(() => readReleaseKeys(other)).toThrow(/openssl genpkey -algorithm ed25519/)
  })
})

describe('release notes', () => {
  test('are the section of the version in CHANGELOG.md', async () => {
    await write(
      'CHANGELOG.md',
      '# Changes\n\n## 1.1.0\n\n- New.\n\n## [1.0.0] - 2026-01-01\n\n- Old.\n',
    )
    expect(releaseNotes(folder, '1.0.0')).toBe('# Longshore 1.0.0\n\n- Old.\n')
    expect(changesIn(releaseNotes(folder, '1.1.0'))).toEqual(['New.'])
  })

  test('are else the commits since the tag before, those of the app first', async () => {
    const git = (...args: string[]) => {
      const who = ['-c', 'user.name=a', '-c', 'user.email=a@localhost']
      return runs('git', [...who, ...args], { cwd: folder })
    }
    const commit = async (file: string, subject: string) => {
      await git('init', '--quiet')
      await runs('mkdir', ['-p', join(folder, file, '..')])
      await write(file, subject)
      await git('add', file)
      await git('commit', '--quiet', '-m', subject)
    }
    await commit('main/a.ts', 'Long known')
    await git('tag', 'v0.9.0')
    await commit('docs/a.md', 'It is told')
    await commit('renderer/a.vue', 'It is shown')
    await git('tag', 'v1.0.0')
    const notes = releaseNotes(folder, '1.0.0')
    expect(notes.split('\n').filter(Boolean)).toEqual([
      '# Longshore 1.0.0',
      '## In the app',
      '- It is shown',
      '## Packaging, tests and documents',
      '- It is told',
    ])
  })
})

test('the SBOM of the desktop app has Electron, what runs and what the page is made of, and no tool', async () => {
  const file = join(folder, 'sbom.json')
  writeDesktopSbom(root, file)
  const { bomFormat, components, metadata } = JSON.parse(await readFile(file, 'utf8')) as {
    bomFormat: string
    components: { name: string; purl: string }[]
    metadata: { component: { name: string } }
  }
  expect([bomFormat, metadata.component.name]).toEqual(['CycloneDX', 'longshore'])
  const names = components.map(({ name }) => name)
  expect(names).toEqual(
    expect.arrayContaining(['electron', 'dockerode', 'ssh2', 'vue', 'chart.js']),
  )
  for (const tool of ['vitest', 'eslint', 'electron-builder', 'typescript']) {
    expect(names).not.toContain(tool)
  }
})

test('the Flatpak manifest installs files that are there, and is of the same app', async () => {
  const place = join(root, 'build/flatpak')
  const manifest = parse(await readFile(join(place, 'io.longshore.desktop.yml'), 'utf8')) as {
    id: string
    'finish-args': string[]
    modules: { sources: { type: string; path: string }[] }[]
  }
  const description = await readFile(join(root, 'build/electron-builder.yml'), 'utf8')
  expect((parse(description) as { appId: string }).appId).toBe(manifest.id)
  const files = manifest.modules.flatMap(({ sources }) => sources).filter((s) => s.type === 'file')
  for (const { path } of files) await expect(readFile(join(place, path))).resolves.toBeDefined()
  const entry = await readFile(join(place, `${manifest.id}.desktop`), 'utf8')
  expect(entry).toContain('MimeType=x-scheme-handler/longshore;')
  // The whole home, or commands outside of the sandbox, are more than it is to have.
  expect(manifest['finish-args'].join(' ')).not.toMatch(
    /filesystem=(home|host)|freedesktop\.Flatpak/,
  )
})
