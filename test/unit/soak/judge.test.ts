import { describe, expect, test } from 'vitest'
import type { Held } from '../../soak/held'
import { judge } from '../../soak/judge'

const KIB = 1024

/** Rounds with these heaps, KiB, and else with what an app held in the rounds that were recorded. */
const rounds = (heaps: readonly number[]): Held[] =>
  heaps.map((heap) => ({
    heapBytes: heap * KIB,
    resources: { PipeWrap: 4, TCPServerWrap: 1, TCPSocketWrap: 1, Timeout: 2 },
    files: { '/proc/stat': 2, 'anon_inode:inotify': 1, socket: 6 },
    objects: { emitters: 217, listeners: 144, streamsToPages: 1, watchers: 12, signals: 17 },
  }))

/** As recorded on Docker and Podman, and as it would have been if something had been kept each time. */
const calm = [29_905, 29_906, 29_918, 29_926, 29_979, 29_957]
const growing = (heaps: readonly number[], kib: number) => heaps.map((heap, at) => heap + at * kib)

describe('an app', () => {
  test('that holds what it held is well', () => {
    expect(judge(rounds(calm))).toEqual([])
  })

  test('whose heap goes up and down is well', () => {
    expect(judge(rounds([29_900, 30_400, 29_800, 30_300, 30_000, 30_200]))).toEqual([])
  })

  test('that keeps 200 KiB each round leaks, whatever the noise', () => {
    const told = [expect.stringMatching(/^heap: 2\d\d KiB a round/)]
    expect(judge(rounds(growing(calm, 200)))).toEqual(told)
    expect(judge(rounds(growing([29_900, 29_800, 29_950, 29_880, 29_920, 29_850], 200)))).toEqual([
      expect.stringMatching(/^heap: /),
    ])
  })

  test('that keeps 60 KiB each round is found out by a longer soak', () => {
    const long = growing(
      Array.from({ length: 60 }, (_, at) => calm[at % calm.length] ?? 0),
      60,
    )
    expect(judge(rounds(long))).toEqual([expect.stringMatching(/^heap: /)])
  })

  test.each(['resources', 'files', 'objects'] as const)('that has one more of %s leaks', (kind) => {
    const held = rounds(calm)
    const [first] = Object.keys(held[0]?.[kind] ?? {})
    const last = held.at(-1)
    if (!last || first === undefined) throw new Error('There is no round.')
    last[kind] = { ...last[kind], [first]: (last[kind][first] ?? 0) + 1 }
    expect(judge(held)).toEqual([expect.stringContaining(`${kind}, ${first}: `)])
  })

  test('is not judged by a few rounds', () => {
    expect(judge(rounds(calm.slice(0, 4)))).toEqual([expect.stringContaining('too few')])
    expect(judge([])).toEqual([expect.stringContaining('too few')])
  })
})
