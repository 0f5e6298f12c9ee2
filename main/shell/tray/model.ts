import type { Container } from '../../../preload/contract/containers'
import { portAddress } from '../../../preload/contract/portAddress'
import type { ShellMessage } from '../../../preload/contract/shellMessage'
import type { ShellWords } from '../words'
import type { EngineContainers } from './following'

/** Of each engine; a longer menu is not read, and the list has the rest. */
export const mostContainers = 15
const mostStopped = 5

export type TrayAction =
  | { kind: 'start' | 'stop' | 'restart'; engineId: string; id: string; name: string }
  | { kind: 'browse'; url: string }
  | { kind: 'tell'; message: ShellMessage }
  | { kind: 'show' }
  | { kind: 'quit' }

export type TrayItem =
  | { kind: 'separator' }
  | { kind: 'heading'; label: string }
  | { kind: 'action'; label: string; action: TrayAction }
  | { kind: 'submenu'; label: string; items: TrayItem[] }

/** What the tray shows: plain data, so that it is known whether anything has changed. */
export interface TrayModel {
  icon: 'no-engine' | 'idle' | 'running'
  toolTip: string
  items: TrayItem[]
}

/** The tray of these engines, all of them connected. */
export function trayModel(engines: readonly EngineContainers[], words: ShellWords): TrayModel {
  const { tray } = words
  const running = engines.flatMap(({ containers }) => containers.filter(runs)).length
  const state =
    engines.length === 0 ? 'no-engine' : running === 0 ? ('idle' as const) : ('running' as const)
  return {
    icon: state,
    toolTip: `Longshore: ${state === 'no-engine' ? tray.noEngine : tray.running(running)}`,
    items: [
      ...engines.flatMap((engine) => engineItems(engine, engines.length > 1, words)),
      ...(engines.length === 0 ? [heading(sentence(tray.noEngine))] : []),
      ...stoppedItems(engines, words),
      { kind: 'separator' },
      action(tray.show, { kind: 'show' }),
      ...(engines.length === 0
        ? []
        : [action(tray.create, tell({ kind: 'command', id: 'containers-create' }))]),
      { kind: 'separator' },
      action(tray.quit, { kind: 'quit' }),
    ],
  }
}

function engineItems(engine: EngineContainers, several: boolean, words: ShellWords): TrayItem[] {
  const running = engine.containers.filter(runs).sort((a, b) => a.name.localeCompare(b.name))
  const more = running.length - mostContainers
  return [
    ...(several ? [heading(engine.name)] : []),
    ...running.slice(0, mostContainers).map((each) => containerItem(engine.engineId, each, words)),
    ...(more > 0
      ? [action(words.tray.more(more), tell({ kind: 'engine', engineId: engine.engineId }))]
      : []),
    ...(running.length === 0 ? [heading(words.tray.nothingRuns)] : []),
  ]
}

function containerItem(engineId: string, container: Container, { tray }: ShellWords): TrayItem {
  const { id, name, ports } = container
  const addresses = new Set(ports.map(portAddress).filter((url) => url !== null))
  const show = (label: string, view: 'logs' | 'terminal') =>
    action(label, tell({ kind: 'container', engineId, idOrName: id, view }))
  return {
    kind: 'submenu',
    label: name,
    items: [
      action(tray.stop, { kind: 'stop', engineId, id, name }),
      action(tray.restart, { kind: 'restart', engineId, id, name }),
      ...[...addresses].map((url) =>
        action(tray.openPort(Number(new URL(url).port || 80)), { kind: 'browse', url }),
      ),
      { kind: 'separator' },
      show(tray.logs, 'logs'),
      show(tray.terminal, 'terminal'),
    ],
  }
}

/** Those that ended last, whichever engine they are of. */
function stoppedItems(engines: readonly EngineContainers[], { tray }: ShellWords): TrayItem[] {
  const stopped = engines
    .flatMap(({ engineId, containers }) =>
      containers
        .filter(({ state, finishedAt }) => state === 'exited' && finishedAt !== null)
        .map((container) => ({ engineId, container })),
    )
    .sort((a, b) => (b.container.finishedAt ?? 0) - (a.container.finishedAt ?? 0))
    .slice(0, mostStopped)
  if (stopped.length === 0) return []
  const items = stopped.map(({ engineId, container: { id, name } }) =>
    action(name, { kind: 'start', engineId, id, name }),
  )
  return [{ kind: 'separator' }, { kind: 'submenu', label: tray.startAgain, items }]
}

const runs = ({ state }: Container) => state === 'running'
const heading = (label: string): TrayItem => ({ kind: 'heading', label })
const action = (label: string, does: TrayAction): TrayItem => ({
  kind: 'action',
  label,
  action: does,
})
const tell = (message: ShellMessage): TrayAction => ({ kind: 'tell', message })
const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
