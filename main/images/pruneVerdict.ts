import type { KeptReason, PruneRequest } from '../../preload/contract/prune'
import type { Everything } from './everything'

type Chosen = PruneRequest['images'][number]

/** What is to be done with an image now. `later`: images that go as well are built on it. */
export type Verdict =
  | { kind: 'remove' | 'later' | 'gone' }
  | { kind: 'keep'; reason: Exclude<KeptReason, 'failed'>; detail: string }

/**
 * Whether an image may still go.
 *
 * @param going ids of all images that are to go and are not gone yet
 */
export function verdictOf(
  { id, references }: Chosen,
  going: ReadonlySet<string>,
  now: Everything,
): Verdict {
  const image = now.images.get(id)
  if (image === undefined) return { kind: 'gone' }
  const users = now.users.get(id)
  if (users) return { kind: 'keep', reason: 'in-use', detail: users.join(', ') }
  if (!isSame(references, image.references)) {
    return { kind: 'keep', reason: 'renamed', detail: image.references.join(', ') }
  }
  const children = now.children.get(id) ?? []
  const staying = children.find((child) => stays(child, going, now))
  if (staying !== undefined) {
    const names = now.images.get(staying)?.references ?? []
    return { kind: 'keep', reason: 'has-children', detail: names[0] ?? staying }
  }
  return { kind: children.length > 0 ? 'later' : 'remove' }
}

/** An image without a name goes by itself when the last one that is built on it has gone. */
function stays(id: string, going: ReadonlySet<string>, now: Everything): boolean {
  if (going.has(id)) return false
  const children = now.children.get(id) ?? []
  const named = (now.images.get(id)?.references ?? []).length > 0
  if (named || now.users.has(id) || children.length === 0) return true
  return children.some((child) => stays(child, going, now))
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  const all = new Set(some)
  return all.size === new Set(others).size && others.every((name) => all.has(name))
}
