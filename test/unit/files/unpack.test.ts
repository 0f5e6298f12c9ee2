import { chmod, lstat, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { staysInside } from '../../../main/files/innerNames'
import { unpackInto } from '../../../main/files/unpack'
import { tarOf, type Entry } from '../archives/tars'

/** What an engine answers, made by a container that means harm. */
async function* answerOf(entries: readonly Entry[]) {
  yield await tarOf(entries)
}
const hostile = (entries: readonly Entry[]) => Readable.from(answerOf(entries))

let parent: string
let folder: string
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'longshore-unpack-'))
  folder = join(parent, 'new')
  onTestFinished(() => rm(parent, { recursive: true, force: true }))
})

const unpack = (tar: Readable, bounds?: { bytes: number; entries: number }) =>
  unpackInto(folder, tar, () => undefined, new AbortController().signal, bounds)

describe('a tar of a container is unpacked', () => {
  test('with files and folders that are the person’s alone, and nobody’s rights', async () => {
    const result = await unpack(
      hostile([
        { name: './', type: 'directory', mode: 0o777 },
        { name: './a', mode: 0o6777, content: 'a' },
        { name: './plain', mode: 0o666, content: 'b' },
        { name: './deep/er/file', content: 'c' },
        { name: './hard', type: 'link', linkname: './a' },
        { name: './deep/er/link', type: 'symlink', linkname: '../../a' },
      ]),
    )
    expect(result).toMatchObject({ files: 5, bytes: 3, refusedCount: 0 })
    const modeOf = async (path: string) => (await lstat(join(folder, path))).mode & 0o7777
    expect(await modeOf('.')).toBe(0o700)
    expect(await modeOf('a')).toBe(0o700)
    expect(await modeOf('plain')).toBe(0o600)
    expect(await modeOf('deep/er')).toBe(0o700)
    expect(await readFile(join(folder, 'hard'), 'utf8')).toBe('a')
    expect(await readlink(join(folder, 'deep/er/link'))).toBe('../../a')
  })

  test('without what leads out of it, in whatever way', async () => {
    const outside = join(parent, 'outside')
    await writeFile(outside, 'kept')
    const { refused, files } = await unpack(
      hostile([
        { name: '/etc/absolute', content: 'x' },
        { name: '../up', content: 'x' },
        { name: 'a/../../up', content: 'x' },
        { name: 'absolute', type: 'symlink', linkname: '/etc' },
        { name: 'above', type: 'symlink', linkname: '..' },
        { name: 'hard', type: 'link', linkname: '../outside' },
        { name: 'device', type: 'character-device', devmajor: 1, devminor: 3 },
        { name: 'block', type: 'block-device', devmajor: 7, devminor: 0 },
        { name: 'pipe', type: 'fifo' },
        { name: 'kept', content: 'x' },
      ]),
    )
    expect(refused.map((line) => line.split(':')[0])).toEqual([
      ...['/etc/absolute', '../up', 'a/../../up', 'absolute', 'above', 'hard', 'device', 'block'],
      'pipe',
    ])
    expect(files).toBe(1)
    expect(await readdir(folder)).toEqual(['kept'])
    expect((await readdir(parent)).sort()).toEqual(['new', 'outside'])
    expect(await readFile(outside, 'utf8')).toBe('kept')
  })

  test('never through a link that it holds itself', async () => {
    const { refused } = await unpack(
      hostile([
        { name: 'folder', type: 'directory' },
        { name: 'link', type: 'symlink', linkname: 'folder' },
        { name: 'link/file', content: 'x' },
        { name: 'link', content: 'over the link' },
        // Swapped while it is unpacked: a folder, then a link of the same name.
        { name: 'folder', type: 'symlink', linkname: 'link' },
        { name: 'file', content: 'x' },
        { name: 'file/below', content: 'x' },
      ]),
    )
    expect(refused.map((line) => line.split(':')[0])).toEqual([
      ...['link/file', 'link', 'folder', 'file/below'],
    ])
    expect(await readdir(join(folder, 'folder'))).toEqual([])
  })

  test('without names that are taken, be it by other capitals or another way to write a letter', async () => {
    const { refused } = await unpack(
      hostile([
        { name: 'Readme', content: '1' },
        { name: 'README', content: '2' },
        { name: 'Readme', content: '3' },
        { name: 'caf\u00e9', content: '1' },
        { name: 'cafe\u0301', content: '2' },
        { name: 'DIR/a', content: '1' },
        { name: 'dir/b', content: '2' },
      ]),
    )
    expect(refused).toHaveLength(4)
    expect(await readFile(join(folder, 'Readme'), 'utf8')).toBe('1')
  })

  test.each([
    { bytes: 10, entries: 100, message: /too large/ },
    { bytes: 1_000, entries: 2, message: /too many files/ },
  ])('up to its bounds, and then nothing of it is kept', async ({ message, ...bounds }) => {
    const tar = hostile(['a', 'b', 'c'].map((name) => ({ name, content: '12345' })))
    await expect(unpack(tar, bounds)).rejects.toThrow(message)
    expect(await readdir(parent)).toEqual([])
  })

  test('whole or not at all: one that breaks off leaves nothing', async () => {
    const cut = (await tarOf([{ name: 'a', content: 'x'.repeat(5_000) }])).subarray(0, 2_000)
    await expect(unpack(Readable.from([cut]))).rejects.toMatchObject({ code: 'engine-error' })
    expect(await readdir(parent)).toEqual([])
  })

  test('into nothing that is there', async () => {
    await writeFile(folder, 'kept')
    await expect(unpack(hostile([{ name: 'a', content: 'x' }]))).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await readFile(folder, 'utf8')).toBe('kept')
    await chmod(folder, 0o600)
  })
})

test('a link stays inside only where no other link can lead it out', () => {
  expect(staysInside('a/b', '../c')).toBe(true)
  expect(staysInside('a/b/c', '../../d/e')).toBe(true)
  expect(staysInside('a', '..')).toBe(false)
  expect(staysInside('a/b', '../../c')).toBe(false)
  // `link` may lead to the root, and then this is above it.
  expect(staysInside('a', 'link/..')).toBe(false)
  expect(staysInside('a', '')).toBe(false)
})
