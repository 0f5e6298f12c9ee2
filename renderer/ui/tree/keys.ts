/** A line of a tree that the keys go to. */
export interface TreeItem {
  /** Tells it from all others; what that path is made of is the tree's own matter. */
  path: string
  /** 1 for the outermost, as `aria-level` counts. */
  level: number
  /** Its place among its siblings, from 1, and how many these are. */
  position: number
  setSize: number
  hasChildren: boolean
  open: boolean
}

/** A line that only tells something of what the path stands for: the keys pass it by. */
export interface TreeNote {
  path: string
  level: number
  note: string
}

export interface TreeAction {
  do: 'go' | 'open' | 'close'
  path: string
}

/**
 * What a key means in a tree, as the ARIA Authoring Practices tell ("Tree View Pattern"): right opens,
 * then goes in; left closes, then goes out; Enter and Space open and close.
 *
 * @param lines all that are open, in the order of the screen; those that are no items are passed by
 * @param current path of the line that has the focus; null: none yet
 */
export function keyAction(
  lines: readonly (TreeItem | { path: string })[],
  current: string | null,
  key: string,
): TreeAction | null {
  const items = lines.filter((line) => 'hasChildren' in line)
  const at = items.findIndex(({ path }) => path === current)
  const item = items[at]
  const go = (to: TreeItem | undefined): TreeAction | null =>
    to === undefined ? null : { do: 'go', path: to.path }
  if (key === 'Home') return go(items[0])
  if (key === 'End') return go(items.at(-1))
  if (item === undefined) return key === 'ArrowDown' || key === 'ArrowUp' ? go(items[0]) : null
  const { path, hasChildren, open, level } = item
  if (key === 'ArrowDown') return go(items[at + 1])
  if (key === 'ArrowUp') return go(items[at - 1])
  if (key === 'ArrowRight') {
    if (!hasChildren) return null
    return open ? go(items[at + 1]) : { do: 'open', path }
  }
  if (key === 'ArrowLeft') {
    if (open) return { do: 'close', path }
    return go(items.slice(0, at).findLast((before) => before.level < level))
  }
  if ((key === 'Enter' || key === ' ') && hasChildren) return { do: open ? 'close' : 'open', path }
  return null
}
