import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { inspectArchive } from '../../../main/archives/inspect'
import { configHex, inspect, newFile, newFolder, savedImage, tarOf, type Entry } from './tars'

const layout: Entry[] = [
  { name: 'oci-layout', content: '{"imageLayoutVersion":"1.0.0"}' },
  {
    name: 'index.json',
    content: JSON.stringify({
      manifests: [
        { annotations: { 'io.containerd.image.name': 'docker.io/library/ship:1' } },
        { annotations: { 'org.opencontainers.image.ref.name': 'latest' } },
        {},
      ],
    }),
  },
]
const rootFileSystem: Entry[] = [
  { name: './bin/', type: 'directory' },
  { name: './bin/sh', content: 'program' },
  { name: './bin/absolute', type: 'symlink', linkname: '/bin/sh' },
  { name: './bin/upwards', type: 'symlink', linkname: '../../../bin/sh' },
  { name: './bin/hard', type: 'link', linkname: './bin/sh' },
  { name: './dev/null', type: 'character-device', devmajor: 1, devminor: 3 },
]

describe('looking into an archive', () => {
  test('tells the images of what docker save wrote, with their names, ids and layers', async () => {
    const content = await tarOf(savedImage())
    const archive = await inspect(await newFile(content))
    expect(archive).toMatchObject({
      kind: 'docker-archive',
      compression: 'none',
      fileBytes: content.length,
      entries: 4,
      images: [
        {
          references: ['ship:1', 'ship:2'],
          id: `sha256:${configHex}`,
          // The layer that is a link counts as the one that it leads to.
          sizeBytes: 6_000,
          layers: 2,
        },
      ],
    })
  })

  test('tells the names in an OCI layout, the full one where there are two', async () => {
    const archive = await inspect(await newFile(await tarOf(layout)))
    expect(archive.kind).toBe('oci-layout')
    expect(archive.images.map(({ references }) => references)).toEqual([
      ['docker.io/library/ship:1'],
      ['latest'],
      [],
    ])
  })

  test('takes a root file system for one, with its links and devices', async () => {
    const archive = await inspect(await newFile(await tarOf(rootFileSystem)))
    expect(archive).toMatchObject({ kind: 'file-system', entries: 6, devices: 1, images: [] })
    expect(archive.contentBytes).toBe('program'.length)
  })

  test.each([
    ['gzip', (content: Buffer) => gzipSync(content)],
    ['xz', (content: Buffer) => execFileSync('xz', ['--stdout'], { input: content })],
    ['bzip2', (content: Buffer) => execFileSync('bzip2', ['--stdout'], { input: content })],
  ] as const)('unpacks %s, whatever the file is called', async (compression, compress) => {
    const content = await tarOf(savedImage())
    const file = await newFile(compress(content), 'picture.png')
    expect(await inspect(file)).toMatchObject({ kind: 'docker-archive', compression })
    const cut = await newFile(compress(content).subarray(0, -12))
    await expect(inspect(cut)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('cut off') as string,
    })
  })

  test('says how far it is before it says what there is', async () => {
    const file = await newFile(await tarOf(savedImage()))
    const kinds: string[] = []
    for await (const { kind } of inspectArchive(file, new AbortController().signal)) {
      kinds.push(kind)
    }
    expect(kinds[0]).toBe('reading')
    expect(kinds.at(-1)).toBe('read')
  })
})

describe('an archive that is not what it should be is refused in words', () => {
  const withEntry = (entry: Entry) => tarOf([entry, ...savedImage()])
  test.each<[string, Entry, RegExp]>([
    ['an absolute path', { name: '/etc/cron.d/x', content: 'x' }, /absolute path \(\/etc\/cron.d/],
    ['a drive', { name: 'C:\\windows\\x', content: 'x' }, /absolute path/],
    ['a path upwards', { name: 'a/../../x', content: 'x' }, /leads out of it \(a\/\.\./],
    ['a path upwards, as Windows writes it', { name: 'a\\..\\x', content: 'x' }, /leads out/],
    [
      'a link upwards',
      { name: 'a/b', type: 'symlink', linkname: '../../x' },
      /link that leads out/,
    ],
    [
      'an absolute link',
      { name: 'a', type: 'symlink', linkname: '/etc/shadow' },
      /link that leads/,
    ],
    ['a hard link upwards', { name: 'a', type: 'link', linkname: '../etc/shadow' }, /link that/],
    ['a device', { name: 'sda', type: 'block-device', devmajor: 8, devminor: 0 }, /devices/],
    ['a pipe', { name: 'pipe', type: 'fifo' }, /devices/],
  ])('%s', async (_what, entry, words) => {
    await expect(inspect(await newFile(await withEntry(entry)))).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(words) as string,
      hint: expect.stringMatching(/\w/) as string,
    })
  })

  test('a hard link of a root file system that leads out', async () => {
    const entry: Entry = { name: 'bin/x', type: 'link', linkname: '../../etc/shadow' }
    const file = await newFile(await tarOf([...rootFileSystem, entry]))
    await expect(inspect(file)).rejects.toMatchObject({
      message: expect.stringContaining('bin/x') as string,
    })
  })

  test('a manifest of ten million blanks, packed into ten kilobytes', async () => {
    const entry: Entry = { name: 'manifest.json', content: Buffer.alloc(10_000_000, ' ') }
    const bomb = gzipSync(await tarOf([entry]))
    expect(bomb.length).toBeLessThan(20_000)
    await expect(inspect(await newFile(bomb))).rejects.toMatchObject({
      message: expect.stringContaining('too large (manifest.json)') as string,
    })
  })

  test('more files than an archive of images has', async () => {
    const header = (await tarOf([{ name: 'again', content: '' }])).subarray(0, 512)
    const many = Array.from({ length: 50_001 }, () => header)
    const file = await newFile(Buffer.concat([...many, await tarOf(savedImage())]))
    await expect(inspect(file)).rejects.toMatchObject({
      message: expect.stringContaining('too many entries') as string,
    })
  })

  test.each([
    ['cut off within an entry', (whole: Buffer) => whole.subarray(0, 2_000)],
    ['cut off between two entries', (whole: Buffer) => whole.subarray(0, 1_024)],
    ['without its end', (whole: Buffer) => whole.subarray(0, -1_024)],
    ['no tar at all', () => Buffer.from('A letter.'.repeat(1_000))],
    ['only zeros', () => Buffer.alloc(10_240)],
  ])('%s', async (_what, spoil) => {
    const file = await newFile(spoil(await tarOf(savedImage())))
    await expect(inspect(file)).rejects.toMatchObject({ code: 'invalid-input' })
  })

  test('a folder, a pipe, an empty file, a path that is not absolute and one that leads nowhere', async () => {
    const folder = newFolder()
    await expect(inspect(folder)).rejects.toMatchObject({
      message: expect.stringContaining('is a folder') as string,
    })
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    await expect(inspect(pipe)).rejects.toMatchObject({
      message: expect.stringContaining('no ordinary file') as string,
    })
    await expect(inspect(await newFile(Buffer.alloc(0)))).rejects.toMatchObject({
      message: expect.stringContaining('empty') as string,
    })
    await expect(inspect('images.tar')).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(inspect(join(folder, 'none.tar'))).rejects.toMatchObject({ code: 'not-found' })
    mkdirSync(join(folder, 'sub'))
    symlinkSync('loop', join(folder, 'loop'))
    await expect(inspect(join(folder, 'loop'))).rejects.toMatchObject({ code: 'invalid-input' })
  })
})
