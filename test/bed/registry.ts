import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Certificate } from './certificates'
import { startDaemon } from './daemon'
import { sweep } from './folder'
import type { TokenServer } from './tokenServer'

/** What a client needs to know of a registry. Plain data. */
export interface RegistryFacts {
  /** `address:port`, the first part of the references kept there. Plain HTTP on 127.0.0.1 if nothing else is said. */
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

export interface RegistryOptions {
  /** Asks for these credentials by HTTP Basic. */
  htpasswd?: Credentials
  /** Asks for tokens of this server. */
  tokens?: Pick<TokenServer, 'realm' | 'service' | 'issuer' | 'certificateFile'>
  /** Speaks HTTPS with this certificate. */
  certificate?: Certificate
  /** Pulls through from this registry and keeps what was pulled; takes no pushes. */
  mirrorOf?: RegistryFacts & Partial<Credentials>
  /** The address that it listens on; 127.0.0.1 if none is given. */
  address?: string
}

/**
 * Starts a registry on a free port, with deletion enabled.
 *
 * @param parent An existing folder below the bed's; the registry makes its own in it.
 */
export async function startRegistry(
  parent: string,
  options: RegistryOptions = {},
): Promise<Registry> {
  const folder = mkdtempSync(join(parent, 'registry-'))
  const configuration = join(folder, 'config.yml')
  const logFile = join(folder, 'registry.log')
  // JSON is YAML.
  writeFileSync(configuration, JSON.stringify(configurationOf(folder, options)))
  const daemon = startDaemon('docker-registry', ['serve', configuration], { folder, logFile })
  const host = await daemon.ready(
    () => /listening on (\d+\.\d+\.\d+\.\d+:\d+)/.exec(readFileSync(logFile, 'utf8'))?.[1] ?? null,
  )
  return {
    host,
    async stop() {
      sweep(folder)
      await daemon.ended
    },
  }
}

/** https://distribution.github.io/distribution/about/configuration/ */
function configurationOf(folder: string, options: RegistryOptions): unknown {
  const { htpasswd, tokens, certificate, mirrorOf, address = '127.0.0.1' } = options
  const tls = certificate && { certificate: certificate.certificateFile, key: certificate.keyFile }
  const auth = {
    ...(htpasswd && { htpasswd: htpasswdAuthentication(folder, htpasswd) }),
    ...(tokens && { token: tokenAuthentication(tokens) }),
  }
  return {
    version: 0.1,
    log: { level: 'info', formatter: 'text' },
    storage: {
      filesystem: { rootdirectory: join(folder, 'data') },
      delete: { enabled: true },
    },
    http: { addr: `${address}:0`, secret: 'one registry, nothing to share', ...(tls && { tls }) },
    ...((htpasswd ?? tokens) && { auth }),
    ...(mirrorOf && {
      proxy: {
        remoteurl: `http://${mirrorOf.host}`,
        username: mirrorOf.user,
        password: mirrorOf.password,
      },
    }),
  }
}

/** The registry knows bcrypt only. */
function htpasswdAuthentication(folder: string, { user, password }: Credentials): unknown {
  const file = join(folder, 'htpasswd')
  writeFileSync(file, execFileSync('htpasswd', ['-Bbn', user, password]))
  return { realm: 'Longshore test bed', path: file }
}

function tokenAuthentication(tokens: NonNullable<RegistryOptions['tokens']>): unknown {
  const { realm, service, issuer, certificateFile } = tokens
  return { realm, service, issuer, rootcertbundle: certificateFile }
}
