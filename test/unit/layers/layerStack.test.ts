import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LayerStack, type View } from '../../../main/layers/layerStack'
import { childrenOf, findPaths } from '../../../main/layers/layerView'
import type { Entry } from '../archives/tars'
import { folder, layerOf } from './layers'

const text = (name: string, content: string, more: Partial<Entry> = {}): Entry => ({
  name,
  content,
  ...more,
})
const whiteout = (name: string): Entry => ({ name, content: '' })

describe('layers on each other', () => {
  test('a layer adds, changes and removes; what it writes again as it was is unchanged', async () => {
    const { shown, changes } = await stacked([
      [folder('etc'), text('etc/a', 'a'), text('etc/b', 'bb'), text('etc/c', 'ccc')],
      [folder('etc'), text('etc/a', 'a'), text('etc/b', 'BBBB'), whiteout('etc/.wh.c')],
      [text('etc/b', 'BBBB', { mode: 0o755 }), text('etc/b2', '')],
    ])
    expect(changes).toEqual([
      { added: [3, 6], changed: [0, 0], removed: [0, 0] },
      { added: [0, 0], changed: [1, 4], removed: [1, 3] },
      { added: [1, 0], changed: [1, 4], removed: [0, 0] },
    ])
    expect(shown(0, 'etc')).toEqual(['a added', 'b added', 'c added'])
    expect(shown(1, 'etc')).toEqual(['a unchanged', 'b changed', 'c removed'])
    expect(shown(2, '/etc/')).toEqual(['a unchanged', 'b changed', 'b2 added'])
    expect(shown(1, '')).toEqual(['etc unchanged'])
  })

  test('an opaque folder hides what is below it, and not what its own layer has, before or behind', async () => {
    const { shown } = await stacked([
      [
        folder('d'),
        text('d/old', '1'),
        folder('d/in'),
        text('d/in/deep', '1'),
        text('beside', '1'),
      ],
      [text('d/new', '1'), whiteout('d/.wh..wh..opq'), folder('d'), text('d/old2', '1')],
    ])
    expect(shown(1, 'd')).toEqual(['in removed', 'new added', 'old removed', 'old2 added'])
    expect(shown(1, 'd/in')).toEqual(['deep removed'])
    expect(shown(1, '')).toEqual(['d unchanged', 'beside unchanged'])
  })

  test('a whiteout beside its own path takes away what was, wherever it stands', async () => {
    for (const order of [1, -1]) {
      const upper = [whiteout('.wh.d'), folder('d'), text('d/new', '1')]
      const { shown } = await stacked([
        [folder('d'), text('d/old', '1')],
        order === 1 ? upper : upper.toReversed(),
      ])
      expect(shown(1, 'd')).toEqual(['new added', 'old removed'])
    }
  })

  test('a folder becomes a file and a file a folder, and back', async () => {
    const { shown, changes } = await stacked([
      [folder('x'), text('x/in', '12'), text('y', '1')],
      [text('x', '123'), folder('y'), text('y/in', '1')],
      [folder('x'), text('x/other', '1'), text('y', '1')],
    ])
    expect(shown(1, '')).toEqual(['y changed', 'x changed'])
    expect(shown(1, 'y')).toEqual(['in added'])
    expect(shown(2, '')).toEqual(['x changed', 'y changed'])
    // What was in it two layers ago does not come back.
    expect(shown(2, 'x')).toEqual(['other added'])
    expect(changes[1]).toEqual({ added: [2, 4], changed: [0, 0], removed: [2, 3] })
  })

  test('a hard link takes no room, and is the file that it leads to', async () => {
    const { stack, shown } = await stacked([
      [text('a', 'content'), { name: 'b', type: 'link', linkname: 'a' }],
      [text('a', 'CONTENT'), { name: 'b', type: 'link', linkname: '/a' }],
      [text('b', 'CONTENT')],
    ])
    expect(shown(1, '')).toEqual(['a changed', 'b changed'])
    expect(shown(2, '')).toEqual(['a unchanged', 'b unchanged'])
    const { entries } = childrenOf(stack, 0, '', false)
    expect(entries[1]).toMatchObject({ name: 'b', kind: 'file', sizeBytes: 0, target: 'a' })
  })

  test('a symbolic link that leads elsewhere, an owner or permissions that change are changes', async () => {
    const { shown } = await stacked([
      [
        { name: 'l', type: 'symlink', linkname: 'a' },
        text('o', '1'),
        text('p', '1', { mode: 0o600 }),
      ],
      [
        { name: 'l', type: 'symlink', linkname: 'b' },
        text('o', '1', { uid: 5 }),
        text('p', '1', { mode: 0o4755 }),
      ],
    ])
    expect(shown(1, '')).toEqual(['l changed', 'o changed', 'p changed'])
  })

  test("aufs' own files and whiteouts of nothing are nothing", async () => {
    const { shown } = await stacked([
      [whiteout('.wh..wh.aufs'), whiteout('.wh..wh.plnk/x'), text('a', '1')],
      [whiteout('.wh.'), whiteout('.wh..'), whiteout('.wh.b'), whiteout('c/.wh...')],
    ])
    expect(shown(1, '')).toEqual(['a unchanged'])
  })

  test('the finished image tells what more than one layer wrote, and what it has no more', async () => {
    const { stack, shown } = await stacked([
      [folder('d'), text('d/twice', '1'), text('d/gone', '12'), text('d/once', '1')],
      [folder('d'), text('d/twice', '22'), whiteout('d/.wh.gone')],
    ])
    expect(shown('all', 'd')).toEqual(['gone removed', 'once unchanged', 'twice changed'])
    expect(childrenOf(stack, 'all', '', false).entries).toMatchObject([
      { name: 'd', sizeBytes: 3, change: 'unchanged', changesWithin: 2, hasChildren: true },
    ])
    expect(childrenOf(stack, 'all', 'd', true).entries.map(({ name }) => name)).toEqual([
      'gone',
      'twice',
    ])
  })

  test('paths are found by any text in them, the first 200', async () => {
    const names = Array.from({ length: 201 }, (_, at) => `lib/Some${at}.so`)
    const { stack } = await stacked([names.map((name) => text(name, '1')), [text('bin/x.so', '1')]])
    const { found, more } = findPaths(stack, 1, '.SO', false)
    expect(found).toHaveLength(200)
    expect(more).toBe(true)
    expect(found[0]).toMatchObject({ path: '/bin/x.so', change: 'added' })
    expect(findPaths(stack, 1, 'so', true)).toMatchObject({
      found: [{ path: '/bin/x.so' }],
      more: false,
    })
    expect(findPaths(stack, 0, 'x.so', false).found).toEqual([])
  })

  test('a layer or a folder that is not there fails in words', async () => {
    const { stack } = await stacked([[text('a', '1')]])
    expect(() => childrenOf(stack, 1, '', false)).toThrow('The image has 1 layers.')
    expect(() => childrenOf(stack, 0, 'b/c', false)).toThrow('The folder is not there.')
  })
})

describe('any layers on each other', () => {
  const name = fc.constantFrom('a', 'b', 'c')
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'))
  const entry: fc.Arbitrary<Entry> = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.tuple(path, fc.string({ maxLength: 2 })).map(([at, all]) => text(at, all)),
    },
    { weight: 3, arbitrary: path.map(folder) },
    {
      weight: 1,
      arbitrary: path.map((at): Entry => ({ name: at, type: 'symlink', linkname: 'a' })),
    },
    { weight: 2, arbitrary: path.map((at) => whiteout(at.replace(/[^/]+$/, '.wh.$&'))) },
    { weight: 1, arbitrary: path.map((at) => whiteout(`${at}/.wh..wh..opq`)) },
  )
  const layers = fc.array(fc.array(entry, { maxLength: 8 }), { minLength: 1, maxLength: 5 })

  test('are what putting them on each other by their paths gives', async () => {
    await fc.assert(
      fc.asyncProperty(layers, async (all) => {
        const { stack, changes } = await stacked(all)
        let below = new Map<string, string>()
        for (const [at, upper] of all.entries()) {
          const now = naivelyOn(below, upper)
          expect(everythingIn(stack, at)).toEqual(kindsOf(now))
          expect(changes[at]).toEqual(naiveChanges(below, now))
          below = now
        }
      }),
    )
  })
})

/** What lies where: `folder`, `file content` or `symlink`. */
function naivelyOn(below: ReadonlyMap<string, string>, entries: Entry[]): Map<string, string> {
  const now = new Map(below)
  const clear = (folderPath: string) => {
    for (const path of now.keys()) if (path.startsWith(`${folderPath}/`)) now.delete(path)
  }
  for (const { name } of entries) {
    if (name.endsWith('/.wh..wh..opq')) clear(name.replace('/.wh..wh..opq', ''))
    else if (name.includes('.wh.')) {
      now.delete(name.replace('.wh.', ''))
      clear(name.replace('.wh.', ''))
    }
  }
  for (const { name, type = 'file', content } of entries) {
    if (name.includes('.wh.')) continue
    const names = name.split('/')
    for (let at = 1; at < names.length; at++) now.set(names.slice(0, at).join('/'), 'folder')
    if (type === 'directory') now.set(name, 'folder')
    else {
      clear(name)
      now.set(name, type === 'symlink' ? type : `file ${String(content)}`)
    }
  }
  return now
}

function naiveChanges(below: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>) {
  const changes = { added: [0, 0], changed: [0, 0], removed: [0, 0] }
  const real = (what: string | undefined) => (what === 'folder' ? undefined : what)
  const count = (kind: keyof typeof changes, what: string) => {
    const bytes = what.startsWith('file ') ? Buffer.byteLength(what.slice('file '.length)) : 0
    const [files = 0, all = 0] = changes[kind]
    changes[kind] = [files + 1, all + bytes]
  }
  for (const path of new Set([...below.keys(), ...now.keys()])) {
    const [before, after] = [real(below.get(path)), real(now.get(path))]
    if (before !== undefined && after === undefined) count('removed', before)
    if (before === undefined && after !== undefined) count('added', after)
    if (before !== undefined && after !== undefined && before !== after) count('changed', after)
  }
  return changes
}

/** Contents are not kept: that they are told from each other, the changes show. */
function kindsOf(now: ReadonlyMap<string, string>): [string, string][] {
  return [...now].map(([path, what]): [string, string] => [path, what.split(' ')[0] ?? '']).sort()
}

function everythingIn(stack: LayerStack, view: View): [string, string][] {
  const walk = (path: string): [string, string][] =>
    childrenOf(stack, view, path, false)
      .entries.filter(({ change }) => change !== 'removed')
      .flatMap(({ name, kind }): [string, string][] => {
        const at = path === '' ? name : `${path}/${name}`
        return [[at, kind], ...(kind === 'folder' ? walk(at) : [])]
      })
  return walk('').sort()
}

async function stacked(layers: Entry[][]) {
  const stack = new LayerStack()
  const changes = []
  for (const entries of layers) {
    const { added, changed, removed } = stack.add(await layerOf(entries))
    const figures = ({ files, bytes }: typeof added) => [files, bytes]
    changes.push({ added: figures(added), changed: figures(changed), removed: figures(removed) })
  }
  const shown = (view: View, path: string) =>
    childrenOf(stack, view, path, false).entries.map(({ name, change }) => `${name} ${change}`)
  return { stack, changes, shown }
}
