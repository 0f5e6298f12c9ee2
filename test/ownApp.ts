import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Api } from '../preload/contract'
import { reachApp } from './appOnPort'
import type { EngineFacts } from './bed'
import { startDaemon } from './bed/daemon'
import { buildPrograms } from './build'

export interface OwnAppOptions {
  /** The bed's, or one below it, with which the process ends; what it prints goes into its `app.log`. */
  folder: string
  /** Settings and secrets of this app. */
  dataFolder: string
  /** A command, with its arguments, that runs the one that follows: `setpriv`, `unshare` and the like. */
  by?: string[]
  environment?: Record<string, string>
}

export interface OwnApp {
  api: Api
  /** Ends the process before the test ends. */
  end: () => Promise<void>
}

/** The whole app in a process of its own, for which the world can be another one; ends after the test. */
export async function startOwnApp(
  { socket }: Pick<EngineFacts, 'socket'>,
  { folder, dataFolder, by = [], environment = {} }: OwnAppOptions,
): Promise<OwnApp> {
  const programs = resolve('test-results/own-app')
  await buildPrograms(programs, { app: resolve('test/faults/app.fixture.ts') })
  const program = [process.execPath, join(programs, 'app.mjs'), socket, dataFolder]
  const [command = '', ...args] = [...by, ...program]
  const logFile = join(folder, 'app.log')
  const daemon = startDaemon(command, args, { folder, logFile, environment })
  let ended = false
  const end = async () => {
    if (ended) return
    ended = true
    process.kill(daemon.pid, 'SIGTERM')
    await daemon.ended
  }
  onTestFinished(end)
  const port = await daemon.ready(
    () => /port (\d+)/.exec(readFileSync(logFile, 'utf8'))?.[1] ?? null,
  )
  const { api, close } = reachApp(Number(port))
  onTestFinished(close)
  return { api, end }
}
