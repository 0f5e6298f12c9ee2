import { join } from 'node:path'
import { app } from 'electron'
import { version } from '../package.json'
import { createApp } from './app'
import { dataFolder, launchHelp, LaunchError, parseLaunch, type Launch } from './launch'
import { keepLog } from './log'
import { LogFile } from './logFile'
import { createPortServer } from './rpc/ports'
import { runShell } from './shell/shell'

/** The entry of the desktop app. */
function start(): void {
  // Unpackaged, the app's own path stands between Electron and the flags.
  const args = process.argv.slice(app.isPackaged ? 1 : 2)
  const launch = readLaunch(args)
  if (!launch) return
  const folder = dataFolder()
  keepLog(new LogFile(folder))
  void runShell({
    version,
    dataFolder: folder,
    rendererFolder: join(import.meta.dirname, '../renderer'),
    preloadFile: join(import.meta.dirname, '../preload/index.cjs'),
    args,
    startServices(platform) {
      const services = createApp(platform, { engine: launch.engine, demo: launch.demo })
      return {
        acceptPort: createPortServer(services.router),
        api: services.api,
        close: () => services.close(),
      }
    },
  })
}

/** Null when the command line only asked for help or cannot be followed; the process then ends. */
function readLaunch(args: string[]): Launch | null {
  try {
    const launch = parseLaunch(args, 'ignore')
    if (!launch.help) return launch
    process.stdout.write(`${launchHelp}\n`)
    app.exit(0)
  } catch (error) {
    if (!(error instanceof LaunchError)) throw error
    process.stderr.write(`${error.message}\n`)
    app.exit(2)
  }
  return null
}

start()
