import {
  CircleAlert,
  CircleDashed,
  CircleOff,
  CirclePause,
  CirclePlay,
  CircleStop,
  HeartCrack,
  HeartPulse,
  LoaderCircle,
  Skull,
} from '@lucide/vue'
import type { Component } from 'vue'
import type { Container, ContainerState } from '../../preload/contract/containers'
import type { Tone } from '../ui/tones'
import type { Key } from '../words'

export interface StateLook {
  tone: Tone
  icon: Component
  words: Extract<Key, `containers.states.${string}`>
  spinning?: boolean
}

type Stated = Pick<Container, 'state' | 'health' | 'exitCode' | 'oomKilled'>

const plain: Readonly<Record<Exclude<ContainerState, 'running' | 'exited'>, StateLook>> = {
  created: { tone: 'off', icon: CircleDashed, words: 'containers.states.created' },
  paused: { tone: 'warning', icon: CirclePause, words: 'containers.states.paused' },
  restarting: {
    tone: 'busy',
    icon: LoaderCircle,
    words: 'containers.states.restarting',
    spinning: true,
  },
  stopping: {
    tone: 'busy',
    icon: LoaderCircle,
    words: 'containers.states.stopping',
    spinning: true,
  },
  removing: {
    tone: 'busy',
    icon: LoaderCircle,
    words: 'containers.states.removing',
    spinning: true,
  },
  dead: { tone: 'bad', icon: Skull, words: 'containers.states.dead' },
}

const running: Readonly<Record<Container['health'], StateLook>> = {
  none: { tone: 'good', icon: CirclePlay, words: 'containers.states.running' },
  healthy: { tone: 'good', icon: HeartPulse, words: 'containers.states.healthy' },
  starting: { tone: 'busy', icon: HeartPulse, words: 'containers.states.starting' },
  unhealthy: { tone: 'bad', icon: HeartCrack, words: 'containers.states.unhealthy' },
}

/** Codes of an end that nobody needs to worry about: its own, SIGKILL's and SIGTERM's by a stop. */
const calmExits: readonly number[] = [0, 137, 143]

/** How a container's state looks: colour, icon and word always together. */
export function lookOf({ state, health, exitCode, oomKilled }: Stated): StateLook {
  if (state === 'running') return running[health]
  if (state !== 'exited') return plain[state]
  if (oomKilled) {
    return { tone: 'bad', icon: CircleAlert, words: 'containers.states.outOfMemory' }
  }
  if (exitCode === null) {
    return { tone: 'off', icon: CircleStop, words: 'containers.states.stopped' }
  }
  return calmExits.includes(exitCode)
    ? { tone: 'off', icon: CircleStop, words: 'containers.states.exited' }
    : { tone: 'warning', icon: CircleOff, words: 'containers.states.exited' }
}

/** For sorting by state: what needs a look first, then what runs, then the rest. */
export function stateRank(container: Stated): number {
  const { tone } = lookOf(container)
  const order: readonly Tone[] = ['bad', 'busy', 'good', 'warning', 'off']
  return order.indexOf(tone)
}
