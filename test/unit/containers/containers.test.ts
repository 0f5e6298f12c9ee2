import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LogLine } from '../../../preload/contract/containers'
import { LogBuffer } from '../../../main/containers/logBuffer'
import { LogPosition, nanosOf } from '../../../main/containers/logPosition'
import { createLogParser } from '../../../main/containers/logReader'
import { inspectText, mask, readEnvironment } from '../../../main/masking'
import { forEachItem } from '../../../main/outcomes'

const line = (at: string, text: string, stream: LogLine['stream'] = 'stdout'): LogLine => ({
  stream,
  at,
  text,
  truncated: false,
})

describe('a log read on after an interruption', () => {
  test('repeats nothing and loses nothing, also among lines of the same nanosecond', () => {
    const stamps = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(stamps, fc.nat(), fc.nat(), (steps, cutSeed, backSeed) => {
        let second = 0
        const log = steps.map((step, index) => {
          second += step
          const at = `2026-01-01T00:00:${String(second % 60).padStart(2, '0')}.000000001Z`
          return line(at, `line ${index}`, index % 3 === 0 ? 'stderr' : 'stdout')
        })
        fc.pre(second < 60)
        const cut = cutSeed % (log.length + 1)
        const position = new LogPosition()
        const shown = log.slice(0, cut).filter((one) => position.accept(one))
        position.resume()
        // The engine answers from some moment at or before the last line on, whole time stamps only.
        const from = cut === 0 ? undefined : log[Math.max(0, cut - 1 - (backSeed % 5))]?.at
        const again = log.filter((one) => from === undefined || (one.at ?? '') >= (from ?? ''))
        shown.push(...again.filter((one) => position.accept(one)))
        expect(shown).toEqual(log)
      }),
    )
  })

  test('asks from a little before the newest line', () => {
    const position = new LogPosition()
    expect(position.since()).toBeNull()
    position.accept(line('2026-01-01T00:00:10.123456789Z', 'x'))
    const seconds = Date.parse('2026-01-01T00:00:08Z') / 1_000
    expect(position.since()).toBe(`${seconds}.123456789`)
  })

  test('times are read to the nanosecond, with any zone', () => {
    expect(nanosOf('1970-01-01T00:00:01.000000001Z')).toBe(1_000_000_001n)
    expect(nanosOf('1970-01-01T01:00:00.5+01:00')).toBe(500_000_000n)
    expect(nanosOf('no time')).toBe(0n)
  })
})

test('a log that comes faster than it is taken is bounded, and says what it dropped', () => {
  const buffer = new LogBuffer()
  for (let n = 0; n < 50_000; n += 1) buffer.add(line('', `line ${n}`))
  const { lines, dropped } = buffer.take()
  expect(lines.length).toBeLessThanOrEqual(20_000)
  expect(lines.length + dropped).toBe(50_000)
  expect(lines.at(-1)?.text).toBe('line 49999')
  expect(buffer.empty).toBe(true)
  const long = 'x'.repeat(64 * 1024)
  for (let n = 0; n < 1_000; n += 1) buffer.add(line('', long))
  const taken = buffer.take()
  expect(taken.lines.length * long.length).toBeLessThanOrEqual(8 * 1024 * 1024)
})

test('a log answer is told apart by stream and time; a terminal has one raw stream', () => {
  const lines: LogLine[] = []
  const parser = createLogParser(false, (one) => lines.push(one))
  const frame = (type: number, text: string) => {
    const payload = Buffer.from(text)
    const head = Buffer.from([type, 0, 0, 0, 0, 0, 0, 0])
    head.writeUInt32BE(payload.length, 4)
    return Buffer.concat([head, payload])
  }
  parser.push(frame(1, '2026-01-01T00:00:00.5Z out\n'))
  parser.push(frame(2, '2026-01-01T00:00:01Z err\n2026-01-01T00:00:02Z \n'))
  parser.flush()
  expect(lines).toEqual([
    line('2026-01-01T00:00:00.5Z', 'out'),
    line('2026-01-01T00:00:01Z', 'err', 'stderr'),
    line('2026-01-01T00:00:02Z', '', 'stderr'),
  ])
  const raw: LogLine[] = []
  const terminal = createLogParser(true, (one) => raw.push(one))
  terminal.push(Buffer.from('no time\r\n'))
  expect(raw).toEqual([{ ...line('', 'no time'), at: null }])
})

describe('secrets', () => {
  const env = ['API_TOKEN=abc=def', 'PATH=/bin', 'DB_PASSWORD=', 'AUTHOR=me', 'EMPTY']

  test('are masked by name until asked for', () => {
    expect(readEnvironment(env, false)).toEqual([
      { name: 'API_TOKEN', value: mask, masked: true },
      { name: 'PATH', value: '/bin', masked: false },
      { name: 'DB_PASSWORD', value: mask, masked: true },
      { name: 'AUTHOR', value: 'me', masked: false },
      { name: 'EMPTY', value: '', masked: false },
    ])
    expect(readEnvironment(env, true)[0]).toEqual({
      name: 'API_TOKEN',
      value: 'abc=def',
      masked: false,
    })
  })

  test('do not stand in the inspect text either, wherever they are', () => {
    const answer = { Config: { Env: env, Labels: { 'my.secret': 'hidden', plain: 'seen' } } }
    const text = inspectText(answer, false)
    expect(text).not.toMatch(/abc|hidden/)
    expect(text).toContain('seen')
    expect(inspectText(answer, true)).toContain('abc=def')
  })
})

test('acting on several: every one is tried once, in the order given, failures told in place', async () => {
  const { outcomes } = await forEachItem(['a', 'b', 'a', 'c'], (id) =>
    id === 'b' ? Promise.reject(new Error('no')) : Promise.resolve(id === 'a'),
  )
  expect(outcomes).toMatchObject([
    { id: 'a', changed: true },
    { id: 'b', changed: false, problem: { code: 'engine-error' } },
    { id: 'c', changed: false },
  ])
})
