import { describe, expect, test } from 'vitest'
import { EfficiencyMeter } from '../../../main/layers/efficiency'
import type { Entry } from '../archives/tars'
import { folder, layerOf } from './layers'

const file = (name: string, bytes: number): Entry => ({ name, content: 'x'.repeat(bytes) })
const whiteout = (name: string): Entry => ({ name, content: '' })

describe("the efficiency of layers, by dive's definition", () => {
  test("dive's own case: a file written twice, and a folder without an entry that is removed", async () => {
    const result = await measured([
      [file('etc/nginx/nginx.conf', 2_000), file('etc/nginx/public', 3_000)],
      [file('etc/nginx/nginx.conf', 5_000), file('etc/athing', 10_000)],
      [whiteout('etc/.wh.nginx')],
    ])
    expect(result).toEqual({
      efficiency: 0.75,
      wastedBytes: 7_000,
      wasteful: [{ path: '/etc/nginx/nginx.conf', count: 2, bytes: 7_000 }],
      wastefulPaths: 1,
    })
  })

  test("dive's own case: an image without a byte is efficient", async () => {
    expect(await measured([[file('nothing', 0)], [], []])).toEqual({
      efficiency: 1,
      wastedBytes: 0,
      wasteful: [],
      wastefulPaths: 0,
    })
  })

  test('a removed file is waste of its size, and its smallest occurrence is none', async () => {
    const result = await measured([[file('keep', 300), file('gone', 100)], [whiteout('.wh.gone')]])
    expect(result.efficiency).toBe(300 / 400)
    expect(result.wasteful).toEqual([{ path: '/gone', count: 2, bytes: 100 }])
  })

  test('a removed folder counts by what lay in it, with the layers below', async () => {
    const result = await measured([
      [folder('a'), file('a/one', 100), file('a/two', 20)],
      [folder('a'), file('a/one', 50), whiteout('a/.wh.two')],
      [whiteout('.wh.a')],
      [file('a', 7)],
    ])
    // a: 50 by its whiteout, then a file of 7; a/one: 100 and 50; a/two: 20 and a whiteout of 0.
    expect(result.wasteful).toEqual([
      { path: '/a/one', count: 2, bytes: 150 },
      { path: '/a', count: 2, bytes: 57 },
      { path: '/a/two', count: 2, bytes: 20 },
    ])
    expect(result.wastedBytes).toBe(227)
    expect(result.efficiency).toBe((50 + 7 + 0) / 227)
  })

  test('a whiteout of what is not there counts for nothing, and its layer is counted on', async () => {
    const result = await measured([[file('a', 10)], [whiteout('.wh.b'), file('a', 10)]])
    expect(result.wasteful).toEqual([{ path: '/a', count: 2, bytes: 20 }])
    expect(result.efficiency).toBe(0.5)
  })

  test('a path that comes twice in one layer is one, the last', async () => {
    const result = await measured([[file('a', 10), file('a', 30)]])
    expect(result).toMatchObject({ efficiency: 1, wastedBytes: 0 })
  })

  test('of very many wasteful paths the thousand most wasteful are told, all are counted', async () => {
    const layer = Array.from({ length: 1_200 }, (_, at) => file(`f${at}`, at % 50))
    const result = await measured([layer, layer])
    expect(result.wastefulPaths).toBe(1_200)
    expect(result.wasteful).toHaveLength(1_000)
    expect(result.wasteful[0]).toMatchObject({ bytes: 98 })
    expect(result.efficiency).toBe(0.5)
  })
})

async function measured(layers: Entry[][]) {
  const meter = new EfficiencyMeter()
  for (const entries of layers) meter.add(await layerOf(entries))
  return meter.result()
}
