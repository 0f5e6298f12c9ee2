import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { withDeadline } from '../deadline'
import { log } from '../log'
import type { FoundEngine } from './discovery'
import { findCommand } from './findCommand'
import { ping } from './probe'
import { podmanSettings } from './podmanSettings'
import { openTransport } from './transport'

/** How long the service may take until it answers, and until it ends, milliseconds. */
const limits = { startMillis: 20_000, stopMillis: 5_000 }

/**
 * `podman system service` as our child, on a socket of our own, for a machine where Podman is
 * installed and no service runs. It ends with the app; its containers live on.
 */
export class OwnPodman {
  readonly #folder: string
  #child: ChildProcess | null = null

  /** `folder`: private to this user; the socket and Podman's settings go there. */
  constructor(folder: string) {
    this.#folder = folder
  }

  /** Starts it if `podman` is installed; an empty list where it is not, or does not come up. */
  async start(): Promise<FoundEngine[]> {
    const podman = await findCommand('podman')
    if (podman === null) return []
    await this.stop()
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const socket = join(this.#folder, 'podman.sock')
    await rm(socket, { force: true })
    const child = spawn(podman, ['system', 'service', '--time=0', `unix://${socket}`], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...(await this.#environment()) },
    })
    this.#child = child
    let complaint = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-2_000)
    })
    const transport = openTransport({ protocol: 'unix', path: socket })
    const answered = await Promise.race([
      this.#untilItAnswers(() => withDeadline(2_000, (within) => ping(transport, within))),
      once(child, 'exit').then(() => false),
      once(child, 'error').then(() => false),
    ])
    transport.close()
    if (answered) return [{ endpoint: transport.endpoint, foundBy: 'Podman, started by Longshore' }]
    log.warn({ complaint }, 'podman system service did not come up')
    await this.stop()
    return []
  }

  /** Ends the service; the containers go on. */
  async stop(): Promise<void> {
    const child = this.#child
    this.#child = null
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), limits.stopMillis)
    await exited
    clearTimeout(timer)
  }

  async #untilItAnswers(attempt: () => Promise<unknown>): Promise<boolean> {
    const deadline = Date.now() + limits.startMillis
    while (this.#child && Date.now() < deadline) {
      try {
        await attempt()
        return true
      } catch {
        await delay(100)
      }
    }
    return false
  }

  async #environment(): Promise<Record<string, string>> {
    if (process.env['CONTAINERS_CONF']) return {}
    const settings = await podmanSettings()
    if (settings === null) return {}
    const file = join(this.#folder, 'containers.conf')
    await writeFile(file, settings, { mode: 0o600 })
    return { CONTAINERS_CONF: file }
  }
}
