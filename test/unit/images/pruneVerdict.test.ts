import { describe, expect, test } from 'vitest'
import type { Everything } from '../../../main/images/everything'
import { verdictOf } from '../../../main/images/pruneVerdict'

/** `base` ← `middle` (nameless, not listed) ← `top`, as the classic builder leaves them. */
function engineHas({
  names = {},
  users = {},
  without = [],
}: {
  names?: Record<string, string[]>
  users?: Record<string, string[]>
  without?: string[]
} = {}): Everything {
  const all: Record<string, string[]> = { base: ['base:1'], middle: [], top: ['top:1'], ...names }
  const ids = Object.keys(all).filter((id) => !without.includes(id))
  const parents = { middle: 'base', top: 'middle' }
  const children = new Map<string, string[]>()
  for (const [child, parent] of Object.entries(parents)) {
    if (ids.includes(child)) children.set(parent, [child])
  }
  return {
    images: new Map(ids.map((id) => [id, { references: all[id] ?? [] }])),
    children,
    users: new Map(Object.entries(users)),
  }
}

const base = { id: 'base', references: ['base:1'] }
const top = { id: 'top', references: ['top:1'] }

describe('an image that was shown before a prune', () => {
  test('goes while it is as it was', () => {
    expect(verdictOf(top, new Set(['top']), engineHas())).toEqual({ kind: 'remove' })
  })

  test('stays where a container was made from it meanwhile', () => {
    const now = engineHas({ users: { top: ['web', 'db'] } })
    expect(verdictOf(top, new Set(['top']), now)).toEqual({
      kind: 'keep',
      reason: 'in-use',
      detail: 'web, db',
    })
  })

  test.each([
    ['got a name', ['top:1', 'top:2']],
    ['lost its name', []],
    ['has another name', ['other:1']],
  ])('stays where it %s', (_what, references) => {
    const now = engineHas({ names: { top: references } })
    expect(verdictOf(top, new Set(['top']), now)).toMatchObject({ reason: 'renamed' })
  })

  test('has the same names in whatever order', () => {
    const now = engineHas({ names: { top: ['b:1', 'a:1'] } })
    const shown = { id: 'top', references: ['a:1', 'b:1'] }
    expect(verdictOf(shown, new Set(['top']), now)).toEqual({ kind: 'remove' })
  })

  test('stays where an image that stays is built on it, also over one without a name', () => {
    expect(verdictOf(base, new Set(['base']), engineHas())).toEqual({
      kind: 'keep',
      reason: 'has-children',
      detail: expect.any(String) as string,
    })
  })

  test('waits for images that go and are built on it, and then goes', () => {
    const going = new Set(['base', 'top'])
    expect(verdictOf(base, going, engineHas())).toEqual({ kind: 'later' })
    const after = engineHas({ without: ['top', 'middle'] })
    expect(verdictOf(base, new Set(['base']), after)).toEqual({ kind: 'remove' })
  })

  test('is not looked for where it has gone already', () => {
    expect(verdictOf(top, new Set(['top']), engineHas({ without: ['top'] }))).toEqual({
      kind: 'gone',
    })
  })
})
