import { describe, expect, test } from 'vitest'
import type { FileEntry, FilesMount } from '../../../preload/contract/files'
import { hexLines } from '../../../renderer/files/hex'
import { fromField, lineEndOf, toField } from '../../../renderer/files/lineEnds'
import { ownerText } from '../../../renderer/files/looks'
import { crumbsOf, folderOf, shownName, typedPath } from '../../../renderer/files/paths'
import { modeOf, ownerOf } from '../../../renderer/files/rights'
import { changeMap, changeRows, filterRows, rowsOf } from '../../../renderer/files/rows'
import { whyReadOnly } from '../../../renderer/files/writable'

const entry = (name: string, more: Partial<FileEntry> = {}): FileEntry => ({
  ...{ name, inexact: false, kind: 'file', sizeBytes: 1, mode: 0o644, uid: 0, gid: 0 },
  ...{ user: 'root', group: 'root', modifiedAt: 0, linkTarget: '' },
  ...more,
})
const volume: FilesMount = { path: '/data', type: 'volume', source: 'v', readOnly: true }
const changes = changeMap({
  leftOut: 0,
  changes: [
    { path: '/etc', change: 'changed' },
    { path: '/etc/new', change: 'added' },
    { path: '/etc-2', change: 'added' },
    { path: '/www', change: 'deleted' },
  ],
})

describe('rows of files', () => {
  test('are the entries, marked, and what the image had there', () => {
    const rows = rowsOf('/', [entry('etc'), entry('data'), entry('.env')], changes, [volume])
    expect(rows.map(({ name, change, mount }) => [name, change, mount?.path])).toEqual([
      ['etc', 'changed', undefined],
      ['data', null, '/data'],
      ['.env', null, undefined],
      ['www', 'deleted', undefined],
    ])
    expect(filterRows(rows, 'E', false).map(({ name }) => name)).toEqual(['etc'])
  })

  test('of names that look the same are two', () => {
    const rows = rowsOf(
      '/',
      ['a\ufffd', 'a\ufffd'].map((name) => entry(name, { inexact: true })),
      new Map(),
      [],
    )
    expect(new Set(rows.map(({ id }) => id)).size).toBe(2)
  })

  test('of changes are a tree: a folder stands right before what is in it', () => {
    const tree = changeRows('/', changes)
    expect(tree.map(({ path, depth }) => [path, depth])).toEqual([
      ['/etc', 0],
      ['/etc/new', 1],
      ['/etc-2', 0],
      ['/www', 0],
    ])
    expect(changeRows('/etc', changes).map(({ path, depth }) => [path, depth])).toEqual([
      ['/etc/new', 0],
    ])
  })
})

test('line ends stay what they were', () => {
  for (const text of ['a\r\nb', 'a\nb\n', 'none', '', '\r\n']) {
    expect(fromField(toField(text), lineEndOf(text))).toBe(text)
  }
  expect(lineEndOf('a\r\nb\nc')).toBe('mixed')
  expect(lineEndOf('a\rb')).toBe('mixed')
})

test('paths are typed, walked and read', () => {
  expect(typedPath(' /a//./b/ ')).toBe('/a/b')
  expect(typedPath('/')).toBe('/')
  for (const wrong of ['a', '/a/../b', '', '/a\0']) expect(typedPath(wrong)).toBeNull()
  expect(crumbsOf('/a/b').map(({ path }) => path)).toEqual(['/', '/a', '/a/b'])
  expect(folderOf('/a')).toBe('/')
  expect(folderOf('/a/b')).toBe('/a')
  expect(shownName('a\nb\x1b[31m\x7f')).toBe('a\u240ab\u241b[31m\u2421')
})

test('owners and bytes are written as command lines do', () => {
  expect(ownerText(entry('a', { uid: 5, gid: 6, user: null, group: 'staff' }))).toBe('5:staff')
  expect(ownerText(entry('a', { uid: null }))).toBeNull()
  expect(hexLines(btoa('ab\n'))).toMatch(/^00000000 {2}61 62 0a +ab\.$/)
  expect(ownerOf('')).toBeNull()
  expect(ownerOf('5')).toEqual({ uid: 5, gid: 5 })
  expect(ownerOf('5:6')).toEqual({ uid: 5, gid: 6 })
  expect(ownerOf('root')).toBeUndefined()
  expect(ownerOf('4294967295')).toBeUndefined()
  expect(modeOf('644')).toBe(0o644)
  expect(modeOf('888')).toBeUndefined()
})

test('why nothing can be written is known before it is tried', () => {
  const facts = { running: true, readOnlyRoot: false, mounts: [volume] }
  expect(whyReadOnly(facts, '/data/deep')).toBe('mount')
  expect(whyReadOnly(facts, '/database')).toBeNull()
  expect(whyReadOnly({ ...facts, readOnlyRoot: true }, '/')).toBe('root')
})
