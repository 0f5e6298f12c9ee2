import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { trustAuthority } from './certificates'
import { startDocker } from './docker'
import type { Engine, EngineFacts } from './engine'
import { makeBedFolder, sweep, sweepStaleBeds } from './folder'
import { makeBusyboxImage } from './images'
import { startPodman } from './podman'
import { killChildren } from './processes'
import {
  startTlsRegistry,
  startTokenRegistry,
  type TlsRegistryFacts,
  type TokenRegistryFacts,
} from './registries'
import { startRegistry, type Credentials, type RegistryFacts } from './registry'

export { trustAuthority } from './certificates'
export { engineCli, type Cli } from './cli'
export { startDocker } from './docker'
export type { Engine, EngineFacts } from './engine'
export { startFaultProxy } from './faultProxy'
export { makeBusyboxImage, makeLayeredImage, makeShelllessImage } from './images'
export { startPodman } from './podman'
export { startTlsRegistry } from './registries'
export { startRegistry, type Credentials, type RegistryFacts } from './registry'
export type { TokenRequest } from './tokenServer'
export { waitFor } from './waiting'

/** What tests need to know of the bed. Plain data, so it crosses to the test workers. */
export interface BedFacts {
  /** Engines and registries that a test starts for itself go below it: they end with the bed. */
  folder: string
  docker: EngineFacts
  podman: EngineFacts
  /** Both, for `describe.each`. */
  engines: [EngineFacts, EngineFacts]
  registries: {
    /** Takes everything from everybody. */
    open: RegistryFacts
    /** HTTP Basic. */
    authenticated: RegistryFacts & Credentials
    /** Tokens of a token server. */
    token: TokenRegistryFacts
    /** Open, by HTTPS; both engines of the bed trust its authority. */
    tls: TlsRegistryFacts
  }
  /** The reference of a runnable image that both engines have. */
  busybox: string
}

export interface Bed extends BedFacts {
  docker: Engine
  podman: Engine
  engines: [Engine, Engine]
  /** Ends everything and removes the folder. */
  stop(): Promise<void>
}

const BUSYBOX_REFERENCE = 'localhost/longshore-test/busybox:1'
const CREDENTIALS: Credentials = { user: 'sailor', password: 'colon:in:it' }
const EXIT_SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const
const COMMANDS = [
  ...['dockerd', 'containerd', 'docker', 'docker-proxy', 'podman', 'conmon', 'runc'],
  ...['docker-registry', 'htpasswd', 'openssl', 'busybox', 'sshd', 'ssh', 'ssh-agent'],
  ...['ip', 'iptables-save', 'iptables-restore', 'mount', 'umount', 'unshare', 'nsenter'],
]

/**
 * Starts a Docker engine, a Podman engine and four registries in one temporary folder, after removing
 * what beds that were killed left behind. Everything ends with `stop`, and also when this process
 * exits, throws or is interrupted first.
 */
export async function startBed(): Promise<Bed> {
  refuseUnfitMachine()
  sweepStaleBeds()
  const folder = makeBedFolder()
  const release = sweepOnExit(folder)
  try {
    const [docker, podman, open, authenticated, token, tls] = await Promise.all([
      startWithBusybox(startDocker, folder),
      startWithBusybox(startPodman, folder),
      startRegistry(folder),
      startRegistry(folder, { htpasswd: CREDENTIALS }),
      startTokenRegistry(folder, CREDENTIALS),
      startTlsRegistry(folder),
    ])
    for (const engine of [docker, podman]) trustAuthority(engine, tls.facts)
    return {
      folder,
      docker,
      podman,
      engines: [docker, podman],
      registries: {
        open: { host: open.host },
        authenticated: { host: authenticated.host, ...CREDENTIALS },
        token: token.facts,
        tls: tls.facts,
      },
      busybox: BUSYBOX_REFERENCE,
      async stop() {
        const parts = [docker, podman, open, authenticated, token, tls]
        await Promise.all(parts.map((part) => part.stop()))
        sweep(folder)
        release()
      },
    }
  } catch (error) {
    sweep(folder)
    release()
    throw error
  }
}

/** The part of a bed that can be handed to another process. */
export function factsOf({ folder, docker, podman, registries, busybox }: Bed): BedFacts {
  const [dockerFacts, podmanFacts] = [engineFactsOf(docker), engineFactsOf(podman)]
  return {
    folder,
    docker: dockerFacts,
    podman: podmanFacts,
    engines: [dockerFacts, podmanFacts],
    registries,
    busybox,
  }
}

function engineFactsOf({ kind, socket, folder, logFile }: Engine): EngineFacts {
  return { kind, socket, folder, logFile }
}

async function startWithBusybox(
  start: (parent: string) => Promise<Engine>,
  folder: string,
): Promise<Engine> {
  const engine = await start(folder)
  await makeBusyboxImage(engine, BUSYBOX_REFERENCE)
  return engine
}

function refuseUnfitMachine(): void {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new Error('The test bed starts real engines: it needs Linux and root.')
  }
  const folders = (process.env.PATH ?? '').split(delimiter)
  const missing = COMMANDS.filter((name) => !folders.some((each) => isProgram(join(each, name))))
  if (missing.length > 0) {
    throw new Error(
      `The test bed needs ${missing.join(', ')}. \`npm test\` installs them on Debian.`,
    )
  }
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Sweeps the folder when the process exits, by itself or by a signal. Returns its own undo. */
function sweepOnExit(folder: string): () => void {
  const onExit = () => {
    // Test workers: one that lives a moment longer than this process would start the next engine.
    killChildren()
    sweep(folder)
  }
  const onSignal = (signal: keyof typeof EXIT_SIGNALS) => process.exit(EXIT_SIGNALS[signal])
  const signals = Object.keys(EXIT_SIGNALS) as (keyof typeof EXIT_SIGNALS)[]
  process.once('exit', onExit)
  for (const signal of signals) process.on(signal, onSignal)
  return () => {
    process.off('exit', onExit)
    for (const signal of signals) process.off(signal, onSignal)
  }
}
