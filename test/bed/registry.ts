import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startDaemon } from './daemon'
import { sweep } from './folder'

/** What a client needs to know of a registry. Plain data. */
export interface RegistryFacts {
  /** `127.0.0.1:port`, the first part of the references kept there. Plain HTTP. */
  host: string
}

export interface Credentials {
  user: string
  password: string
}

export interface Registry extends RegistryFacts {
  /** Ends the registry and removes what it stored. */
  stop(): Promise<void>
}

/**
 * Starts a registry on a free port, with deletion enabled. With `htpasswd` it asks for these
 * credentials by HTTP Basic.
 *
 * @param parent An existing folder below the bed's; the registry makes its own in it.
 */
export async function startRegistry(
  parent: string,
  options: { htpasswd?: Credentials } = {},
): Promise<Registry> {
  const folder = mkdtempSync(join(parent, 'registry-'))
  const configuration = join(folder, 'config.yml')
  const logFile = join(folder, 'registry.log')
  writeFileSync(
    configuration,
    // JSON is YAML.
    JSON.stringify({
      version: 0.1,
      log: { level: 'info', formatter: 'text' },
      storage: {
        filesystem: { rootdirectory: join(folder, 'data') },
        delete: { enabled: true },
      },
      http: { addr: '127.0.0.1:0', secret: 'one registry, nothing to share' },
      ...(options.htpasswd && { auth: htpasswdAuthentication(folder, options.htpasswd) }),
    }),
  )
  const daemon = startDaemon('docker-registry', ['serve', configuration], { folder, logFile })
  const host = await daemon.ready(
    () => /listening on (127\.0\.0\.1:\d+)/.exec(readFileSync(logFile, 'utf8'))?.[1] ?? null,
  )
  return {
    host,
    async stop() {
      sweep(folder)
      await daemon.ended
    },
  }
}

/** The registry knows bcrypt only. */
function htpasswdAuthentication(folder: string, { user, password }: Credentials): unknown {
  const file = join(folder, 'htpasswd')
  writeFileSync(file, execFileSync('htpasswd', ['-Bbn', user, password]))
  return { htpasswd: { realm: 'Longshore test bed', path: file } }
}
