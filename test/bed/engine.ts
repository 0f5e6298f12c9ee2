import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { answers } from './api'
import { startDaemon, type Daemon } from './daemon'
import { recordAddresses, sweep } from './folder'
import { chooseAddressBlock, makeBridge, type AddressBlock } from './network'
import { isStopped } from './processes'
import { waitFor } from './waiting'

export type EngineKind = 'docker' | 'podman'

/** What a client needs to know of an engine. Plain data, so it crosses to the test workers. */
export interface EngineFacts {
  kind: EngineKind
  /** Path of the unix socket. */
  socket: string
  /** Everything of this engine lives in here. */
  folder: string
  /** What the engine's process printed. */
  logFile: string
}

/** An engine that this process started and may ill-treat. */
export interface Engine extends EngineFacts {
  /** The process that listens on the socket; a new one after `start` and `restart`. */
  readonly pid: number
  /** SIGTERM, as a service manager does, then `start`. */
  restart(): Promise<void>
  /** SIGKILL to the engine's own process only: its containers live on. */
  kill(): Promise<void>
  /** Starts it again after `kill`, with the same data and socket. */
  start(): Promise<void>
  /** SIGSTOP: it accepts connections and never replies. */
  freeze(): Promise<void>
  /** SIGCONT. */
  thaw(): void
  /** Ends the engine with its containers and removes its folder. Safe to call in any state. */
  stop(): Promise<void>
}

export interface EngineOptions {
  /** Puts the engine's data on a disk of this size, for tests of a full one. */
  diskBytes?: number
  /** The engine listens on this port of 127.0.0.1 too. */
  port?: number
}

/** What is prepared for an engine before it is started. */
export interface EngineGround {
  folder: string
  socket: string
  /** Where images and containers are kept. */
  dataFolder: string
  /** A bridge that is up and has the first address of the block. */
  bridge: string
  block: AddressBlock
}

interface Program {
  command: string
  args: string[]
  environment?: Record<string, string>
}

/** How one kind of engine is run on its ground: writes its configuration, gives its command. */
export type EngineSetup = (ground: EngineGround) => Program & {
  /** Resolves when nothing of an earlier run stands in the way of the next. */
  clear?: () => Promise<void>
  /** What listens beside the engine from its first start on, until it is stopped. */
  beside?: Program
}

/** Host folders with the run-time state of engines. Each engine of the bed has its own behind these paths. */
const PRIVATE_PATHS = [
  '/etc/docker',
  '/run/containerd',
  '/run/containers',
  '/run/docker',
  '/run/libpod',
  '/run/netns',
  '/run/runc',
]

/** Where that is kept which an engine of the bed sees at one of the private paths, or below it. */
export function privatePath({ folder }: Pick<EngineFacts, 'folder'>, path: string): string {
  return join(folder, 'private', path)
}

/**
 * Starts an engine in a new folder below `parent` and waits until it answers. It runs in a mount
 * namespace of its own, so its mounts vanish with it and it shares no run-time state with other
 * engines; the namespace is kept over restarts, because containers that outlive their engine have
 * their mounts in it. Network and cgroups are the host's, as with any engine.
 */
export async function startEngine(
  kind: EngineKind,
  parent: string,
  options: EngineOptions,
  setup: EngineSetup,
): Promise<Engine> {
  const folder = mkdtempSync(join(parent, `${kind}-`))
  const ground = prepareGround(kind, folder, options)
  const { clear, beside, ...program } = setup(ground)
  const namespace = makeMountNamespace(folder)
  const facts = { kind, folder, socket: ground.socket, logFile: join(folder, 'engine.log') }

  const run = ({ command, args, environment }: Program): Daemon =>
    startDaemon('nsenter', [`--mount=${namespace}`, '--', command, ...args], {
      folder,
      logFile: facts.logFile,
      ...(environment && { environment }),
    })
  const launch = async (): Promise<Daemon> => {
    await clear?.()
    const daemon = run(program)
    await daemon.ready(async () => ((await answers(facts)) ? daemon : null))
    return daemon
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    process.kill(daemon.pid, signal)
    await daemon.ended
  }

  let daemon: Daemon
  try {
    daemon = await launch()
    if (beside) run(beside)
  } catch (error) {
    sweep(folder)
    throw error
  }
  return {
    ...facts,
    get pid() {
      return daemon.pid
    },
    kill: () => end('SIGKILL'),
    async start() {
      daemon = await launch()
    },
    async restart() {
      await end('SIGTERM')
      daemon = await launch()
    },
    async freeze() {
      process.kill(daemon.pid, 'SIGSTOP')
      await waitFor(`${kind} to stop`, () => isStopped(daemon.pid))
    },
    thaw() {
      process.kill(daemon.pid, 'SIGCONT')
    },
    async stop() {
      sweep(folder)
      await daemon.ended
    },
  }
}

function prepareGround(kind: EngineKind, folder: string, options: EngineOptions): EngineGround {
  const block = chooseAddressBlock()
  recordAddresses(folder, block)
  // The random end of the folder's name; an interface's name has at most 15 characters.
  const bridge = `ls${kind.charAt(0)}-${folder.slice(-6)}`
  makeBridge(bridge, block)
  const dataFolder = join(folder, 'data')
  mkdirSync(dataFolder)
  if (options.diskBytes) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${options.diskBytes}`, kind, dataFolder])
  }
  return { folder, socket: join(folder, `${kind}.sock`), dataFolder, bridge, block }
}

/** Makes the namespace and gives the file that keeps it: a namespace is kept by a mount of its file. */
function makeMountNamespace(folder: string): string {
  const keeper = join(folder, 'namespace')
  mkdirSync(keeper)
  execFileSync('mount', ['--bind', keeper, keeper])
  // The kernel refuses to mount a namespace's file where the mount would propagate into itself.
  execFileSync('mount', ['--make-private', keeper])
  const file = join(keeper, 'mount')
  writeFileSync(file, '')
  execFileSync('unshare', [`--mount=${file}`, '--propagation', 'slave', 'true'])
  for (const path of PRIVATE_PATHS) {
    const own = privatePath({ folder }, path)
    mkdirSync(own, { recursive: true })
    mkdirSync(path, { recursive: true })
    execFileSync('nsenter', [`--mount=${file}`, '--', 'mount', '--bind', own, path])
  }
  return file
}
