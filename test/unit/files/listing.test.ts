import { describe, expect, test } from 'vitest'
import { fromGoMode, fromUnixMode } from '../../../main/files/fileMode'
import { HELPER_IMAGE, isHelperImage } from '../../../main/files/helperImage'
import { helperLabels, helperName, isHelper, isLeftBehind } from '../../../main/files/helperLabel'
import { parseListing } from '../../../main/files/listByPrograms'
import { inside, outside, refuseMountPoint, refuseReadOnly } from '../../../main/files/place'

const MARK = 'f'.repeat(24)
const record = (fields: string, path: string, quoted: string) =>
  `${MARK} ${fields} ${path}${MARK}${quoted}\n`

describe('what find and stat tell', () => {
  test('of names with line breaks, arrows and quotes is read as it is', () => {
    const output = Buffer.concat([
      Buffer.from(record('81a4 3 0 0 100 root root', '/a/./x\ny', '/a/./x\ny')),
      Buffer.from(record('a1ff 3 5 6 100 UNKNOWN ?', "/a/./l' -> 'm", "'/a/./l' -> 'm' -> 'to\n'")),
      Buffer.from(record('a1ff 3 0 0 100 root root', '/a/./gnu -> x', '/a/./gnu -> x -> target')),
      Buffer.from(`${MARK} 41ed 4096 0 0 -5 root root /a/./bad`),
      Buffer.from([0xff]),
      Buffer.from(`${MARK}/a/./bad\n`),
      Buffer.from('find: nonsense between\n'),
    ])
    expect(parseListing(output, MARK, '/a/.')).toMatchObject([
      { name: 'x\ny', kind: 'file', sizeBytes: 3, modifiedAt: 100_000, user: 'root' },
      { name: "l' -> 'm", kind: 'link', linkTarget: 'to\n', uid: 5, user: null, group: null },
      { name: 'gnu -> x', linkTarget: 'target' },
      { name: 'bad\ufffd', inexact: true, kind: 'folder', sizeBytes: null, modifiedAt: -5_000 },
    ])
  })

  test('is nothing where nothing is', () => {
    expect(parseListing(Buffer.from('no mark here'), MARK, '/.')).toEqual([])
  })
})

test('modes of Go and of stat mean the same', () => {
  // Of real answers: /tmp/stk, a link, -rf with set-user-ID, a device, a pipe.
  expect(fromGoMode(2_148_532_735)).toEqual({ kind: 'folder', mode: 0o1777 })
  expect(fromGoMode(134_218_239)).toEqual({ kind: 'link', mode: 0o777 })
  expect(fromGoMode(8_389_101)).toEqual({ kind: 'file', mode: 0o4755 })
  expect(fromGoMode(69_206_436)).toEqual({ kind: 'device', mode: 0o644 })
  expect(fromGoMode(33_554_852)).toEqual({ kind: 'fifo', mode: 0o644 })
  expect(fromUnixMode(0o104755)).toEqual({ kind: 'file', mode: 0o4755 })
  expect(fromUnixMode(0o140755)).toEqual({ kind: 'socket', mode: 0o755 })
})

test('a volume’s paths are those below its place in the helper, and nothing else', () => {
  const place = { root: '/longshore-volume' }
  expect(inside(place, '/')).toBe('/longshore-volume')
  expect(inside(place, '//a/./b/')).toBe('/longshore-volume/a/b')
  expect(outside(place, '/longshore-volume')).toBe('/')
  expect(outside(place, '/longshore-volume/a')).toBe('/a')
  expect(outside(place, '/longshore-volume-2/a')).toBeNull()
  expect(outside(place, '/etc/passwd')).toBeNull()
})

test('the deepest mount says whether something can be written, and no mount is taken away', () => {
  const mount = (path: string, readOnly: boolean) => ({
    path,
    type: 'volume',
    source: 'v',
    readOnly,
  })
  const facts = {
    running: true,
    readOnlyRoot: true,
    mounts: [mount('/data', true), mount('/data/in', false)],
  }
  expect(() => refuseReadOnly(facts, '/data/file')).toThrow('"/data"')
  expect(() => refuseReadOnly(facts, '/data/in/file')).not.toThrow()
  expect(() => refuseReadOnly(facts, '/database')).toThrow("container's own files")
  expect(() => refuseMountPoint(facts, '/data/in')).toThrow('"/data/in"')
  expect(() => refuseMountPoint(facts, '/data/in/file')).not.toThrow()
  expect(() => refuseMountPoint(facts, '/')).toThrow()
})

test('a label alone makes no helper: whoever makes an image could hide what runs of it', () => {
  const labels = helperLabels('files')
  const name = helperName()
  expect(isHelper(name, labels)).toBe(true)
  expect(isHelper(`/${name}`, labels)).toBe(true)
  expect(isHelper('web', labels)).toBe(false)
  expect(isHelper(name, { app: 'web' })).toBe(false)
  const image = { RepoTags: [HELPER_IMAGE], Labels: labels, Size: 0 }
  expect(isHelperImage(image)).toBe(true)
  expect(isHelperImage({ ...image, RepoTags: [] })).toBe(true)
  expect(isHelperImage({ ...image, RepoTags: [], Size: 1_000 })).toBe(false)
  expect(isHelperImage({ ...image, RepoTags: ['hidden:1'] })).toBe(false)
  expect(isHelperImage({ ...image, Labels: {} })).toBe(false)
})

test('a helper is left behind once the run that made it has ended', () => {
  const labels = helperLabels('files')
  expect(isLeftBehind(labels, 0, () => true)).toBe(false)
  expect(isLeftBehind(labels, Date.now(), () => false)).toBe(true)
  const elsewhere = { ...labels, 'longshore.helper.owner': 'another-machine/1' }
  expect(isLeftBehind(elsewhere, Date.now(), () => false)).toBe(false)
  expect(isLeftBehind(elsewhere, 0, () => true)).toBe(true)
})
