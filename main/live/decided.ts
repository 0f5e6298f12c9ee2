import { abortReason } from '../deadline'
import { Watcher } from './watcher'

/** Something that changes, and tells a watcher of it until the returned function is called. */
interface Source {
  attach(watcher: Watcher): () => void
}

/**
 * Asks `decide` now and after every change of the sources, until its answer is not null. Rejects with the
 * signal's reason.
 */
export async function decided<Decision>(
  sources: readonly Source[],
  decide: () => Decision | null,
  signal: AbortSignal,
): Promise<Decision> {
  const watcher = new Watcher()
  const detach = sources.map((source) => source.attach(watcher))
  try {
    for (;;) {
      const decision = decide()
      if (decision !== null) return decision
      if (!(await watcher.next(signal, 0))) throw abortReason(signal)
    }
  } finally {
    for (const undo of detach) undo()
  }
}
