import type { Container } from '../../../preload/contract/containers'
import type { EngineEvent } from '../../engines/dialect/dialect'
import type { Watcher } from '../../live/watcher'

/** What events told of a container's last end. */
export interface End {
  /** Null: no event told it. */
  exitCode: number | null
  /** It was stopped or killed through the engine. */
  asked: boolean
  /** The kernel killed one of its processes for want of memory. */
  outOfMemory: boolean
}

/**
 * The code of a container's last end; null: not known. Of one that is down its engine knows best: Podman's
 * event may tell 0.
 *
 * @param container Undefined: it is gone.
 */
export function lastExitCode(
  container: Pick<Container, 'exitCode'> | undefined,
  end: Pick<End, 'exitCode'>,
): number | null {
  return container?.exitCode ?? end.exitCode
}

interface Life {
  end: End
  /** What was told since it was started, and may be why it ends. */
  asked: boolean
  outOfMemory: boolean
}

const begun = { asked: false, outOfMemory: false }
const nothing: Life = { end: { exitCode: null, ...begun }, ...begun }

/** Containers that are gone are not forgotten at once: who waited for one asks how it ended. */
const MOST_KEPT = 5_000

/**
 * How containers ended, by their events: one that is started again at once, or removed, is never seen
 * ended in a list.
 */
export class Ends {
  readonly #lives = new Map<string, Life>()
  readonly #watchers = new Set<Watcher>()

  /**
   * `kill` and `oom` come before `die`; `stop` mostly after it, and Podman tells of a stop by nothing else: before
   * `die`, where the program ended by itself as it was to be stopped.
   */
  event({ action, id, exitCode }: EngineEvent): void {
    const life = this.#lives.get(id) ?? nothing
    const { asked, outOfMemory } = life
    if (action === 'die' && exitCode !== null) {
      this.#keep(id, { ...life, end: { exitCode, asked, outOfMemory } })
    } else if (action === 'kill') this.#keep(id, { ...life, asked: true })
    else if (action === 'oom') this.#keep(id, { ...life, outOfMemory: true })
    else if (action === 'stop') {
      this.#keep(id, { ...life, asked: true, end: { ...life.end, asked: true } })
    } else if (action === 'start' && this.#lives.has(id)) this.#keep(id, { ...life, ...begun })
  }

  /** The same object until another end, or more of it, is told. */
  of(id: string): End {
    return (this.#lives.get(id) ?? nothing).end
  }

  /** Notifies `watcher` of everything that is told until the returned function is called. */
  attach(watcher: Watcher): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of this.#lives.keys()) if (!ids.has(id)) this.#lives.delete(id)
  }

  #keep(id: string, life: Life): void {
    this.#lives.delete(id)
    this.#lives.set(id, life)
    const [oldest] = this.#lives.keys()
    if (this.#lives.size > MOST_KEPT && oldest !== undefined) this.#lives.delete(oldest)
    for (const watcher of this.#watchers) watcher.notify()
  }
}
