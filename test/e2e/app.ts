import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Settings } from '../../preload/contract/settings'
import type { EngineFacts } from '../bed'
import { startDaemon } from '../bed/daemon'
import { freePort } from '../unit/serve/harness'

const ENTRY = resolve('out/main/serve.js')

export interface RunningApp {
  /** Opens the app once: it carries the one-time token. */
  address: string
  /** What it printed so far. */
  said(): string
  stop(): Promise<void>
}

/**
 * Starts the built app in browser mode, as `npm start -- --browser` does. It knows nothing but the
 * engine: its settings and the logins of docker's config.json are in a new folder.
 *
 * @param flags Further ones.
 * @param parent An existing folder below the bed's, so that the app ends with the bed.
 * @param settings What it remembers; by default that the guide of the first start was seen.
 */
export async function startApp(
  parent: string,
  engine: Pick<EngineFacts, 'socket'>,
  flags: string[] = [],
  settings: Partial<Settings> = { guideSeen: true },
): Promise<RunningApp> {
  if (!existsSync(ENTRY)) {
    throw new Error('The app is not built. Run `npm test -- e2e`, which builds it first.')
  }
  const folder = mkdtempSync(join(parent, 'app-'))
  const logFile = join(folder, 'app.log')
  const data = join(folder, 'data')
  mkdirSync(data)
  writeFileSync(join(data, 'settings.json'), JSON.stringify(settings))
  const port = String(await freePort())
  const daemon = startDaemon(
    process.execPath,
    [ENTRY, '--no-open', '--port', port, '--engine', engine.socket, ...flags],
    {
      folder,
      logFile,
      environment: {
        LONGSHORE_DATA: data,
        DOCKER_CONFIG: join(folder, 'docker'),
        REGISTRY_AUTH_FILE: join(folder, 'auth.json'),
      },
    },
  )
  const said = () => readFileSync(logFile, 'utf8')
  const address = await daemon.ready(() => /Longshore is at (\S+)/.exec(said())?.[1] ?? null)
  return {
    address,
    said,
    async stop() {
      process.kill(daemon.pid, 'SIGTERM')
      await daemon.ended
    },
  }
}
