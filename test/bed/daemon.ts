import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { FOLDER_VARIABLE } from './processes'
import { waitFor } from './waiting'

const LOG_TAIL_CHARACTERS = 2000

export interface DaemonOptions {
  /** The folder of the bed that it belongs to: clean-up finds it, and its children, by this. */
  folder: string
  /** Gets what it prints, after what is already there. */
  logFile: string
  /** Gets what it prints on standard error, where that is kept apart. */
  errorFile?: string
  environment?: Record<string, string>
}

export interface Daemon {
  readonly pid: number
  /** Resolves when the process has ended. */
  readonly ended: Promise<void>
  /**
   * Polls until the probe gives a value. Fails at once, with the end of the log, when the process
   * ends instead.
   */
  ready<T>(probe: () => Promise<T | null> | T | null): Promise<T>
}

/** Starts a program in a session of its own, so that Ctrl-C reaches the bed and not the program. */
export function startDaemon(command: string, args: string[], options: DaemonOptions): Daemon {
  const log = openSync(options.logFile, 'a')
  const errors = options.errorFile === undefined ? log : openSync(options.errorFile, 'a')
  const child = spawn(command, args, {
    cwd: options.folder,
    detached: true,
    stdio: ['ignore', log, errors],
    env: { ...process.env, ...options.environment, [FOLDER_VARIABLE]: options.folder },
  })
  closeSync(log)
  if (errors !== log) closeSync(errors)
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  let hasEnded = false
  void ended.then(() => {
    hasEnded = true
  })
  return {
    pid: child.pid ?? 0,
    ended,
    ready: (probe) =>
      waitFor(`${command} to be ready`, () => {
        if (hasEnded) {
          const said = [options.logFile, ...(options.errorFile ? [options.errorFile] : [])]
          const tail = said
            .map((file) => readFileSync(file, 'utf8').slice(-LOG_TAIL_CHARACTERS))
            .join('\n')
          throw new Error(`${command} ended before it was ready:\n${tail}`)
        }
        return probe()
      }),
  }
}
