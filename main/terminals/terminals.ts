import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { say } from '../../preload/contract/say'
import type { openTerminal, Terminal, TerminalWays } from '../../preload/contract/terminals'
import type { Engines } from '../engines/engines'
import type { EngineLink } from '../engines/handshake'
import { Failure } from '../errors'
import { placeOf } from '../files/place'
import { LiveCollection } from '../live/collection'
import type { SettingsFile } from '../settings/settingsFile'
import { openAttach } from './attach'
import { openDebug } from './debug'
import { openExec } from './exec'
import type { Peer } from './peer'
import { TerminalSession } from './session'
import { findShells } from './shells'
import { targetOf, type Target } from './target'

/** Each holds its screen in memory. */
const most = { running: 100, ended: 20 }

type Opening = z.output<typeof openTerminal>

interface Opened {
  peer: Peer
  about: Pick<Terminal, 'command' | 'user' | 'image' | 'withVolumes'>
}

/** The terminals of all engines: they are here whoever looks at them, until they are closed. */
export class Terminals {
  readonly #engines: Engines
  readonly #settings: SettingsFile
  readonly #sessions = new Map<string, TerminalSession>()
  readonly #lists = new Map<string, LiveCollection<Terminal>>()

  constructor({ engines, settings }: { engines: Engines; settings: SettingsFile }) {
    this.#engines = engines
    this.#settings = settings
  }

  /** Those of one engine. */
  list(engineId: string): LiveCollection<Terminal> {
    let list = this.#lists.get(engineId)
    if (!list) {
      list = new LiveCollection<Terminal>()
      list.replace([])
      this.#lists.set(engineId, list)
    }
    return list
  }

  async ways(engineId: string, containerId: string): Promise<TerminalWays> {
    const link = this.#linkOf(engineId)
    const { tty, takesInput, inputEndsWithViewer, hostProcesses } = await targetOf(
      link,
      containerId,
    )
    const shells = await findShells(await placeOf(link, containerId))
    return { shells, attach: { tty, takesInput, inputEndsWithViewer }, hostProcesses }
  }

  async open(opening: Opening): Promise<{ terminalId: string }> {
    const { engineId, containerId, kind, columns, rows } = opening
    this.#refuseTooMany()
    const link = this.#linkOf(engineId)
    const target = await targetOf(link, containerId)
    const id = randomUUID()
    const size = { columns, rows }
    const { peer, about } = await this.#connect(link, target, opening, id)
    const { scrollback } = (await this.#settings.read()).terminal
    const list = this.list(engineId)
    const session = new TerminalSession({
      terminal: {
        ...{ id, containerId, kind, title: '', ...about, takesInput: peer.takesInput },
        ...{ startedAt: Date.now(), endedAt: null, state: 'running', exitCode: null },
        problem: null,
      },
      ...{ peer, size, scrollback },
      changed: (terminal) => {
        if (!this.#sessions.has(id)) return
        list.upsert(terminal)
        if (terminal.state === 'ended') this.#forgetOldest()
      },
    })
    this.#sessions.set(id, session)
    list.upsert(session.terminal)
    await session.ready()
    return { terminalId: id }
  }

  /** Throws `not-found` for one that was closed. */
  get(terminalId: string): TerminalSession {
    const session = this.#sessions.get(terminalId)
    if (session) return session
    throw new Failure('not-found', say`This terminal was closed.`, { hint: say`Open another one.` })
  }

  /** Takes a terminal off the list, and tells what of it goes on. */
  async close(terminalId: string): Promise<'nothing' | 'program' | 'main-process'> {
    const session = this.get(terminalId)
    this.#forget(terminalId)
    if (!(await session.close())) return 'nothing'
    return session.terminal.kind === 'attach' ? 'main-process' : 'program'
  }

  /** Closes all. */
  async closeAll(): Promise<void> {
    const sessions = [...this.#sessions.values()]
    this.#sessions.clear()
    await Promise.all(sessions.map((session) => session.close()))
  }

  #linkOf(engineId: string): EngineLink {
    return this.#engines.get(engineId).connection.link
  }

  async #connect(
    link: EngineLink,
    target: Target,
    opening: Opening,
    terminalId: string,
  ): Promise<Opened> {
    switch (opening.kind) {
      case 'exec': {
        const { command = null, user = null } = opening
        const opened = await openExec(link, target, { terminalId, command, user })
        return {
          peer: opened.peer,
          about: { command: opened.command, user: user ?? '', image: null, withVolumes: false },
        }
      }
      case 'attach':
        return {
          peer: await openAttach(link, target),
          about: { command: [], user: '', image: null, withVolumes: false },
        }
      case 'debug': {
        const { image, user = null, withVolumes, acceptedDangers } = opening
        const options = { image, user, withVolumes, acceptedDangers }
        return {
          peer: await openDebug(link, target, options),
          about: { command: [], user: user ?? '', image, withVolumes },
        }
      }
    }
  }

  #refuseTooMany(): void {
    const running = [...this.#sessions.values()].filter(
      ({ terminal }) => terminal.state === 'running',
    )
    if (running.length < most.running) return
    throw new Failure('conflict', say`There are ${most.running} terminals already.`, {
      hint: say`Close some that you do not need.`,
    })
  }

  #forgetOldest(): void {
    const ended = [...this.#sessions.values()].filter(({ terminal }) => terminal.state === 'ended')
    for (const session of ended.slice(0, Math.max(0, ended.length - most.ended))) {
      this.#forget(session.terminal.id)
      void session.close()
    }
  }

  #forget(terminalId: string): void {
    this.#sessions.delete(terminalId)
    for (const list of this.#lists.values()) list.remove(terminalId)
  }
}
