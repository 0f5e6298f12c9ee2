import { describe, expect, it } from 'vitest'
import type { ImageStep, LayerEntry } from '../../../preload/contract/layers'
import { layerRows } from '../../../renderer/images/layers'
import { linesOf, type Folders } from '../../../renderer/layers/tree'
import { keyAction } from '../../../renderer/ui/tree/keys'

const step = (sizeBytes: number | null): ImageStep => ({
  instruction: 'RUN x',
  createdAt: 0,
  comment: '',
  layer: sizeBytes === null ? null : { diffId: 'd', chainId: 'c', sizeBytes, sharedWith: [] },
})

const entry = (name: string, changes: Partial<LayerEntry> = {}): LayerEntry => ({
  ...{ name, kind: 'file', sizeBytes: 1, mode: 0o644, uid: 0, gid: 0, target: '' },
  ...{ change: 'unchanged', changesWithin: 0, hasChildren: false },
  ...changes,
})
const folder = (name: string) => entry(name, { kind: 'folder', mode: 0o755, hasChildren: true })

describe('the rows of the layers tab', () => {
  it('are counted from the bottom and carry their share of the whole', () => {
    const rows = layerRows([step(75), step(25), step(null)])
    expect(rows.map(({ number, share }) => [number, share])).toEqual([
      [1, 0.75],
      [2, 0.25],
      [3, 0],
    ])
    expect(layerRows([step(0)])[0]?.share).toBe(0)
  })
})

describe('the file tree', () => {
  const folders: Folders = new Map([
    ['', { entries: [folder('etc'), entry('init')], total: 3 }],
    ['etc', { entries: [entry('hosts')], total: 1 }],
  ])
  const closed = linesOf(folders, new Set())
  const open = linesOf(folders, new Set(['etc']))

  it('shows what is open, level by level, and tells of what was too much to send', () => {
    expect(closed.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      'entry etc',
      'entry init',
      'hidden ',
    ])
    expect(open.map(({ path, level }) => [path, level])).toEqual([
      ['etc', 1],
      ['etc/hosts', 2],
      ['init', 1],
      ['', 1],
    ])
  })

  it('shows that a folder is being read', () => {
    expect(linesOf(new Map([['', null]]), new Set())).toEqual([
      { kind: 'reading', path: '', level: 1 },
    ])
  })

  it('goes by arrow keys: right opens and goes in, left closes and goes out', () => {
    expect(keyAction(closed, null, 'ArrowDown')).toEqual({ do: 'go', path: 'etc' })
    expect(keyAction(closed, 'etc', 'ArrowRight')).toEqual({ do: 'open', path: 'etc' })
    expect(keyAction(open, 'etc', 'ArrowRight')).toEqual({ do: 'go', path: 'etc/hosts' })
    expect(keyAction(open, 'etc/hosts', 'ArrowLeft')).toEqual({ do: 'go', path: 'etc' })
    expect(keyAction(open, 'etc', 'ArrowLeft')).toEqual({ do: 'close', path: 'etc' })
    expect(keyAction(closed, 'etc', 'Enter')).toEqual({ do: 'open', path: 'etc' })
    expect(keyAction(open, 'etc', 'Enter')).toEqual({ do: 'close', path: 'etc' })
  })

  it('stops at both ends, and does nothing with a file that is entered or a key of others', () => {
    expect(keyAction(open, null, 'End')).toEqual({ do: 'go', path: 'init' })
    expect(keyAction(open, 'init', 'Home')).toEqual({ do: 'go', path: 'etc' })
    expect(keyAction(open, 'init', 'ArrowDown')).toBeNull()
    expect(keyAction(open, 'etc', 'ArrowUp')).toBeNull()
    expect(keyAction(open, 'init', 'Enter')).toBeNull()
    expect(keyAction(open, 'init', 'ArrowRight')).toBeNull()
    expect(keyAction(open, 'init', 'Tab')).toBeNull()
  })
})
