import { execFile } from 'node:child_process'
import { join } from 'node:path'
import type { EngineFacts } from './engine'

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024

export interface CliOptions {
  /** Given on standard input, e.g. a password. */
  input?: string
  timeoutMillis?: number
}

/** Runs the command line's arguments and gives what it printed; rejects with its error output. */
export type Cli = (args: string[], options?: CliOptions) => Promise<string>

/**
 * The docker command as another client of the engine; it speaks to Podman's socket too.
 *
 * @param configFolder Where it finds its config.json and keeps its logins. By default in the engine's
 * folder, apart from those of the person who runs the tests.
 */
export function engineCli(engine: EngineFacts, configFolder = join(engine.folder, 'cli')): Cli {
  return (args, { input = '', timeoutMillis = 60_000 } = {}) =>
    new Promise((resolve, reject) => {
      const child = execFile(
        'docker',
        ['--config', configFolder, '--host', `unix://${engine.socket}`, ...args],
        { timeout: timeoutMillis, killSignal: 'SIGKILL', maxBuffer: MAX_OUTPUT_BYTES },
        (error, output, errors) => {
          if (!error) resolve(output.trimEnd())
          else if (error.killed) {
            reject(new Error(`docker ${args.join(' ')} took longer than ${timeoutMillis} ms`))
          } else reject(new Error(`docker ${args.join(' ')}: ${errors || error.message}`))
        },
      )
      // A command that ends without reading it has its own words for why.
      child.stdin?.on('error', () => undefined).end(input)
    })
}
