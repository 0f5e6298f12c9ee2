import { setTimeout as delay } from 'node:timers/promises'
import { app } from 'electron'
import type { AppUpdater } from 'electron-updater'
import type { Settings } from '../../preload/contract/settings'
import { log } from '../log'
import type { Notify } from '../platform'
import { builtInFeed, updatesItself } from './updateFeed'
import type { ShellWords } from './words'

const checkEveryMillis = 24 * 3_600_000

/** What of electron-updater is driven. */
export type Updater = Pick<
  AppUpdater,
  | 'autoDownload'
  | 'autoInstallOnAppQuit'
  | 'checkForUpdates'
  | 'downloadUpdate'
  | 'netSession'
  | 'quitAndInstall'
>

export interface UpdatesOptions {
  /** A part of the contract. */
  settings: {
    watch: (
      input: undefined,
      options: { signal: AbortSignal },
    ) => Promise<AsyncIterable<Pick<Settings, 'checkForUpdates'>>>
  }
  notify: Notify | null
  /** In the language of that moment. */
  words: () => ShellWords['updates']
}

/** Keeps the app up to date where it is the one who does so; elsewhere nothing is loaded for it. */
export async function startUpdates(options: UpdatesOptions): Promise<void> {
  // A constant of the build: without it, the updater is not even in there.
  if (!import.meta.env.MAIN_VITE_UPDATE_URL) return
  if (!updatesItself(builtInFeed, app)) return
  const ending = new AbortController()
  app.once('will-quit', () => ending.abort())
  try {
    const { createUpdater } = await import('./updateProvider')
    await followUpdates(createUpdater(builtInFeed), { ...options, signal: ending.signal })
  } catch (error) {
    if (!ending.signal.aborted) log.error({ error }, 'Longshore does not update itself')
  }
}

/**
 * Looks for a newer release at once and daily, gets it in the background and says so: it takes the
 * place of this one when the person quits, or restarts by the notification. While the setting is off
 * nothing is asked, got or installed, also of what was under way. Resolves when `signal` aborts.
 */
export async function followUpdates(
  updater: Updater,
  options: UpdatesOptions & { signal: AbortSignal },
): Promise<void> {
  const { settings, notify, words, signal } = options
  updater.autoDownload = false
  const told = new Set<string>()
  const restart = () => {
    // The AppImage that takes its place is started before this one has ended.
    app.releaseSingleInstanceLock()
    updater.quitAndInstall()
  }
  const lookAndTell = async (wanted: AbortSignal) => {
    const version = await getNewer(updater, wanted)
    if (version === null || told.has(version)) return
    told.add(version)
    notify?.({ ...words().ready(version), onClick: restart })
  }
  let wanted: AbortController | null = null
  signal.addEventListener('abort', () => wanted?.abort())
  for await (const { checkForUpdates } of await settings.watch(undefined, { signal })) {
    updater.autoInstallOnAppQuit = checkForUpdates
    if (!checkForUpdates) {
      wanted?.abort()
      wanted = null
    } else if (!wanted) {
      wanted = new AbortController()
      void repeatDaily(lookAndTell, wanted.signal)
    }
  }
}

/** The version of a newer release once it is here; null where there is none, or `signal` aborted. */
async function getNewer(updater: Updater, signal: AbortSignal): Promise<string | null> {
  const wanted = () => !signal.aborted
  const found = await updater.checkForUpdates()
  if (!wanted() || !found?.isUpdateAvailable) return null
  const cancel = () => {
    found.cancellationToken?.cancel()
    // The token alone lets what is under way go on, for nothing (builder-util-runtime 9.7, doDownload).
    void updater.netSession.closeAllConnections()
  }
  signal.addEventListener('abort', cancel)
  try {
    await updater.downloadUpdate(found.cancellationToken)
  } finally {
    signal.removeEventListener('abort', cancel)
  }
  return wanted() ? found.updateInfo.version : null
}

async function repeatDaily(task: (signal: AbortSignal) => Promise<void>, signal: AbortSignal) {
  const wanted = () => !signal.aborted
  while (wanted()) {
    try {
      await task(signal)
    } catch (error) {
      if (wanted()) log.warn({ error }, 'no newer release could be looked for')
    }
    await delay(checkEveryMillis, undefined, { signal, ref: false }).catch(() => undefined)
  }
}
