import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request, type IncomingMessage, type RequestOptions } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppImageUpdater } from 'electron-updater'
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor.js'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { SettingsFile } from '../../../main/settings/settingsFile'
import { updatesItself } from '../../../main/shell/updateFeed'
import { signedFeed } from '../../../main/shell/updateProvider'
import { followUpdates, type UpdatesOptions } from '../../../main/shell/updates'
import { en } from '../../../main/shell/words/en'
import { app } from '../../standin/electron'
import { announcement, appImage, startReleaseServer, type ReleaseServer } from './releaseServer'

vi.mock('electron', () => import('../../standin/electron'))

const WAIT = { timeout: 15_000, interval: 20 }
const OURS = 'the release that runs'
/** It is run once when it was put in place. */
const NEWER = '#!/bin/sh\nexit 0\n'

describe.runIf(process.platform === 'linux')('an AppImage that updates itself', () => {
  test('gets a signed release, says so, and is replaced by it when the person quits', async () => {
    const server = await startReleaseServer()
    server.release('9.9.9', NEWER)
    const run = start(server)
    await run.told()
    expect(run.notices).toEqual([
      { ...en.updates.ready('9.9.9'), onClick: expect.any(Function) as () => void },
    ])
    expect(run.program()).toBe(OURS)
    run.quit()
    expect(run.program()).toBe(NEWER)
    // Nobody is counted: each request is as every other installation's.
    for (const { headers } of server.requests)
      expect(headers).not.toHaveProperty('x-user-staging-id')
  })

  test('restarts with it by a click, and lets the new one be the single instance', async () => {
    const server = await startReleaseServer()
    server.release('9.9.9', NEWER)
    const run = start(server)
    await run.told()
    // Its end calls Electron's own autoUpdater, which Node has none of.
    const restart = vi.spyOn(run.updater, 'quitAndInstall').mockImplementation(() => {
      expect(app.hasLock).toBe(false)
    })
    run.notices[0]?.onClick()
    expect(restart).toHaveBeenCalledOnce()
  })

  test.each<[string, (server: ReleaseServer) => void]>([
    [
      'what was announced was changed',
      (server) => server.put(announcement, server.read(announcement).replace('9.9.9', '9.9.10')),
    ],
    ['it is not signed', (server) => server.remove(`${announcement}.sig`)],
    [
      'somebody else signed it',
      (server) => server.sign(announcement, generateKeyPairSync('ed25519').privateKey),
    ],
    [
      'it is signed by another kind of key',
      (server) =>
        server.put(`${announcement}.sig`, `${Buffer.from('not a signature').toString('base64')}\n`),
    ],
  ])('takes nothing where %s', async (_what, tamper) => {
    const server = await startReleaseServer()
    server.release('9.9.9', NEWER)
    tamper(server)
    const run = start(server)
    await run.failed
    run.quit()
    expect(server.asked()).not.toContain(appImage)
    expect([run.notices, run.program()]).toEqual([[], OURS])
  })

  test('takes no package that is not the one that was announced', async () => {
    const server = await startReleaseServer()
    server.release('9.9.9', NEWER)
    server.put(appImage, NEWER.replace('exit', 'echo'))
    const run = start(server)
    await expect(run.failed).resolves.toMatchObject({
      message: expect.stringMatching(/sha512/) as string,
    })
    run.quit()
    expect([run.notices, run.program()]).toEqual([[], OURS])
  })

  test('does not go back to an older release, though that is signed', async () => {
    const server = await startReleaseServer()
    server.release('0.9.0', NEWER)
    const run = start(server)
    await once(run.updater, 'update-not-available')
    expect(server.asked()).not.toContain(appImage)
  })

  test('asks for nothing while the setting is off, and at once when it is turned on', async () => {
    const server = await startReleaseServer()
    server.release('9.9.9', NEWER)
    const run = start(server, { checkForUpdates: false })
    await run.following
    expect(server.requests).toEqual([])
    await run.settings.change({ checkForUpdates: true })
    await run.told()
  })

  test('ends a download when the setting is turned off', async () => {
    const server = await startReleaseServer()
    server.release('9.9.9', NEWER)
    server.stall()
    const run = start(server)
    const whole = () =>
      server.requests.find(({ url, headers }) => url?.includes(appImage) && !headers.range)
    await expect.poll(whole, WAIT).toBeDefined()
    const download = whole()
    await run.settings.change({ checkForUpdates: false })
    await expect.poll(() => download?.socket.destroyed, WAIT).toBe(true)
    run.quit()
    expect([run.notices, run.program()]).toEqual([[], OURS])
  })

  test('does not install what it got when the setting is turned off after that', async () => {
    const server = await startReleaseServer()
    server.release('9.9.9', NEWER)
    const run = start(server)
    await run.told()
    await run.settings.change({ checkForUpdates: false })
    await expect.poll(() => run.updater.autoInstallOnAppQuit, WAIT).toBe(false)
    run.quit()
    expect(run.program()).toBe(OURS)
  })
})

test.each([
  ['linux', { APPIMAGE: '/home/a/Longshore.AppImage' }, true],
  // A package manager does it.
  ['linux', {}, false],
  ['darwin', {}, true],
  ['win32', {}, true],
] as const)('on %s with %o it updates itself: %s', (platform, env, does) => {
  const feed = { url: 'https://example.org/', publicKey: '' }
  expect(updatesItself(feed, { isPackaged: true }, platform, env)).toBe(does)
  expect(updatesItself(feed, { isPackaged: false }, platform, env)).toBe(false)
  expect(updatesItself(null, { isPackaged: true }, platform, env)).toBe(false)
})

/** Longshore 1.0.0 as an AppImage that follows the server; ends with the test. */
function start(server: ReleaseServer, initially: { checkForUpdates?: boolean } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-updates-'))
  const program = join(folder, 'longshore')
  writeFileSync(program, OURS)
  vi.stubEnv('APPIMAGE', program)
  const settingsFile = join(folder, 'settings.json')
  writeFileSync(settingsFile, JSON.stringify(initially))
  const { updater, quit } = updaterIn(folder, server)
  const settings = new SettingsFile(settingsFile)
  const notices: Parameters<NonNullable<UpdatesOptions['notify']>>[0][] = []
  const ending = new AbortController()
  const failed = new Promise<Error>((resolve) => updater.once('error', resolve))
  let began = () => {}
  const following = new Promise<void>((resolve) => (began = resolve))
  const followed = followUpdates(updater, {
    settings: {
      // As the contract hands them out: a stream that ends with the signal.
      watch: (_input, { signal }) => {
        const values = settings.watch(signal)
        return Promise.resolve(
          (async function* () {
            for await (const each of values) {
              yield each
              began()
            }
          })(),
        )
      },
    },
    notify: (notice) => notices.push(notice),
    words: () => en.updates,
    signal: ending.signal,
  })
  onTestFinished(async () => {
    ending.abort()
    await followed
    vi.unstubAllEnvs()
    app.hasLock = true
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    updater,
    quit,
    settings,
    notices,
    failed,
    following,
    program: () => readFileSync(program, 'utf8'),
    told: () => vi.waitFor(() => expect(notices).toHaveLength(1), WAIT),
  }
}

/** electron-updater's own, with Node's requests and a folder in place of Electron's. */
function updaterIn(folder: string, { feed }: ReleaseServer) {
  const description = join(folder, 'app-update.yml')
  writeFileSync(
    description,
    `provider: generic\nurl: ${feed.url}\nupdaterCacheDirName: longshore\n`,
  )
  const quitting: ((exitCode: number) => void)[] = []
  const updater = new AppImageUpdater(null, {
    version: '1.0.0',
    name: 'longshore',
    isPackaged: true,
    appUpdateConfigPath: description,
    userDataPath: folder,
    baseCachePath: join(folder, 'cache'),
    whenReady: () => Promise.resolve(),
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: (handler: (exitCode: number) => void) => quitting.push(handler),
  })
  updater.logger = null
  const agent = new Agent()
  const createRequest = (
    options: RequestOptions,
    onResponse: (response: IncomingMessage) => void,
  ) => request({ ...options, agent }, onResponse)
  const executor = Object.assign(new ElectronHttpExecutor(), { createRequest })
  Object.assign(updater, { httpExecutor: executor })
  Object.defineProperty(updater, 'netSession', {
    value: { closeAllConnections: () => Promise.resolve(agent.destroy()) },
  })
  updater.setFeedURL(signedFeed(feed))
  return { updater, quit: () => quitting.forEach((handler) => handler(0)) }
}
