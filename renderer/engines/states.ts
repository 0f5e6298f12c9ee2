import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  ClockAlert,
  LoaderCircle,
  Lock,
  RefreshCw,
} from '@lucide/vue'
import type { Component } from 'vue'
import type { Engine, EngineState } from '../../preload/contract/engines'
import type { Tone } from '../ui/tones'

/** How each state of an engine looks; the word goes with it. */
export const engineLooks: Readonly<Record<EngineState, { tone: Tone; icon: Component }>> = {
  discovering: { tone: 'off', icon: CircleDashed },
  connected: { tone: 'good', icon: CircleCheck },
  connecting: { tone: 'busy', icon: LoaderCircle },
  stale: { tone: 'warning', icon: ClockAlert },
  reconnecting: { tone: 'warning', icon: RefreshCw },
  unauthorized: { tone: 'bad', icon: Lock },
  incompatible: { tone: 'bad', icon: CircleAlert },
}

/** The state's word, below `engines.states`: a host that is not trusted is no matter of permissions. */
export function stateWord({ state, problem }: Pick<Engine, 'state' | 'problem'>) {
  return state === 'unauthorized' && problem?.code === 'untrusted-host' ? 'untrusted' : state
}

/** True while the app itself is at work on the connection. */
export function isWorking(state: EngineState): boolean {
  return state === 'connecting' || state === 'reconnecting'
}

const kindNames = { docker: 'Docker', podman: 'Podman' }

/** As `engineProduct`, without what a distribution added to the version (`+dfsg1`): for where there is little room. */
export function shortProduct(engine: Pick<Engine, 'kind' | 'version'>): string {
  return engineProduct({ ...engine, version: engine.version?.replace(/\+.*$/, '') ?? null })
}

/** `Docker 29.1.0`, or nothing until the engine has said what it is. */
export function engineProduct(engine: Pick<Engine, 'kind' | 'version'>): string {
  return [engine.kind === null ? null : kindNames[engine.kind], engine.version]
    .filter((part) => part !== null)
    .join(' ')
}
