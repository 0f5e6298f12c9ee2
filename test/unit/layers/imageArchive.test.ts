import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { analysisOf } from '../../../main/layers/analyse'
import { Bounds } from '../../../main/layers/entries'
import { tarOf, type Entry } from '../archives/tars'
import { dockerArchive, folder, layerOf, ociLayout, read } from './layers'

let layers: Buffer[] = []

beforeAll(async () => {
  layers = [
    await tarOf([folder('etc'), { name: 'etc/a', content: 'a'.repeat(5_000) }]),
    await tarOf([
      { name: 'etc/.wh.a', content: '' },
      { name: 'b', content: randomBytes(90_000) },
    ]),
    await tarOf([]),
  ]
})

describe("reading an image's export", () => {
  test("Docker's archive, its manifest last", async () => {
    await expectImage(await tarOf(dockerArchive(layers)))
  })

  test('an archive with the manifest first', async () => {
    await expectImage(await tarOf(dockerArchive(layers).reverse()))
  })

  test('an OCI layout, whose index leads to an index', async () => {
    await expectImage(await tarOf(ociLayout(layers)))
  })

  test('layers that are compressed', async () => {
    const packed = layers.map((layer) => gzipSync(layer))
    await expectImage(await tarOf(ociLayout(layers, packed)))
  })

  test('a layer that is there once, and a link to it elsewhere', async () => {
    const archive = dockerArchive([layers[1] ?? Buffer.of(), layers[1] ?? Buffer.of()])
    archive[1] = { name: '1/layer.tar', type: 'symlink', linkname: '../0/layer.tar' }
    const content = await read(await tarOf(archive))
    expect(content.layers[1]?.entries).toBe(content.layers[0]?.entries)
    const { analysis } = analysisOf('id', content)
    expect(analysis).toMatchObject({ sizeBytes: 180_000, efficiency: 0.5, wastedBytes: 180_000 })
  })

  async function expectImage(archive: Buffer): Promise<void> {
    const { analysis } = analysisOf('id', await read(archive))
    expect(analysis).toMatchObject({
      sizeBytes: 95_000,
      efficiency: 90_000 / 95_000,
      wastedBytes: 5_000,
      wasteful: [{ path: '/etc/a', count: 2, bytes: 5_000 }],
      layers: [
        { instruction: 'COPY 0 /', added: { files: 1, bytes: 5_000 } },
        {
          instruction: 'COPY 1 /',
          added: { files: 1, bytes: 90_000 },
          removed: { files: 1, bytes: 5_000 },
        },
        { instruction: 'COPY 2 /', sizeBytes: 0, added: { files: 0, bytes: 0 } },
      ],
    })
  }
})

describe('an export that is not right', () => {
  test('wherever it is cut off, it fails in words', async () => {
    const whole = await tarOf(dockerArchive(layers))
    for (const bytes of [0, 100, 700, 3_000, 20_000, whole.length - 2_000]) {
      await expect(read(whole.subarray(0, bytes))).rejects.toMatchObject({
        code: 'invalid-input',
        message: expect.stringContaining("The image's export is damaged") as string,
      })
    }
  })

  test('a layer that is damaged or lacks fails in words', async () => {
    const broken = Buffer.from(layers[0] ?? '')
    broken.fill('x', 512, 600)
    await expect(read(await tarOf(dockerArchive([broken])))).rejects.toThrow('is damaged')
    const packed = gzipSync(layers[1] ?? '').subarray(0, 50_000)
    await expect(read(await tarOf(ociLayout(layers, [packed, packed, packed])))).rejects.toThrow(
      'damaged',
    )
    await expect(read(await tarOf(dockerArchive(layers).slice(1)))).rejects.toThrow(
      'has not the layers that it names',
    )
  })

  test('one that says nothing of itself, or names itself, fails in words', async () => {
    await expect(read(await tarOf([{ name: 'a', content: 'x' }]))).rejects.toThrow('does not say')
    const loop = { manifests: [{ digest: 'sha256:a' }] }
    await expect(
      read(
        await tarOf([
          { name: 'index.json', content: JSON.stringify(loop) },
          { name: 'blobs/sha256/a', content: JSON.stringify(loop) },
        ]),
      ),
    ).rejects.toThrow('does not say')
  })
})

describe('hostile entries of a layer', () => {
  test('are data: paths stay within the root, devices and links are told as what they are', async () => {
    const hostile: Entry[] = [
      { name: '/etc/absolute', content: '1' },
      { name: '../../etc/upwards', content: '1' },
      { name: 'a/./b//../c', content: '1' },
      { name: 'dev', type: 'block-device', devmajor: 8, devminor: 0 },
      { name: 'link', type: 'symlink', linkname: '../../../../etc/shadow' },
      { name: 'hard', type: 'link', linkname: '../../etc/shadow' },
      { name: '.', type: 'directory' },
      { name: '__proto__', content: '1' },
      { name: 'constructor/prototype', content: '1' },
    ]
    const { entries } = await layerOf(hostile)
    expect(entries.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      'file etc/absolute',
      'file etc/upwards',
      'file a/c',
      'device dev',
      'symlink link',
      'file hard',
      'file __proto__',
      'file constructor/prototype',
    ])
  })

  test('with names that no file system takes are counted and left out', async () => {
    const layer = await tarOf([
      { name: 'n'.repeat(300_000), content: '1' },
      { name: 'd/'.repeat(40_000), type: 'directory' },
      { name: 'a', content: '1' },
    ])
    const { analysis } = analysisOf('id', await read(await tarOf(dockerArchive([layer]))))
    expect(analysis).toMatchObject({ leftOut: 2, sizeBytes: 1 })
  })

  test('a folder as deep as names can be is walked', async () => {
    const layer = await tarOf([{ name: `${'d/'.repeat(2_040)}x`, content: '12' }])
    const read1 = analysisOf('id', await read(await tarOf(dockerArchive([layer]))))
    expect(read1.analysis).toMatchObject({ leftOut: 0, efficiency: 1, sizeBytes: 2 })
  })

  test('more of them than are kept fail in words', () => {
    const bounds = new Bounds()
    const take = () => {
      for (let at = 0; at <= 1_000_000; at++) bounds.take(10)
    }
    expect(take).toThrow('The image has too many files to be analysed.')
    expect(() => new Bounds().take(200 * 1024 * 1024)).toThrow('too many files')
  })
})
