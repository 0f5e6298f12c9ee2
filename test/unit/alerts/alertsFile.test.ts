import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { AlertsFile } from '../../../main/alerts/alertsFile'
import { log } from '../../../main/log'
import { event, rule } from './rules'

// What it warns of is what these tests do to it.
log.level = 'silent'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longshore-alerts-'))
  path = join(folder, 'alerts.json')
  return () => rm(folder, { recursive: true })
})

const nothing = { rules: [], recent: [] }

test('what is written is read again', async () => {
  const kept = { rules: [rule(), rule({ container: 'web-*' })], recent: [event()] }
  await new AlertsFile(path).write(kept)
  expect(await new AlertsFile(path).read()).toEqual(kept)
  expect(await readdir(folder)).toEqual(['alerts.json'])
})

test('no file means no rules', async () => {
  expect(await new AlertsFile(path).read()).toEqual(nothing)
  expect(await readdir(folder)).toEqual([])
})

test('a rule that does not fit costs none of the others, and is kept beside', async () => {
  const [good, other] = [rule(), rule()]
  const rules = [good, { ...rule(), metric: 'happiness' }, null, good, other]
  const text = JSON.stringify({ version: 1, rules, recent: [{ kind: 'raised' }, event()] })
  await writeFile(path, text)
  expect(await new AlertsFile(path).read()).toEqual({ rules: [good, other], recent: [event()] })
  expect(await readFile(`${path}.unreadable`, 'utf8')).toBe(text)
})

test.each(['{', '[]', 'null', '\0\0\0', '{"version":2,"rules":[]}', '{"version":1}'])(
  'a file that holds %j gives no rules, and is kept beside',
  async (text) => {
    await writeFile(path, text)
    expect(await new AlertsFile(path).read()).toEqual(nothing)
    expect(await readFile(`${path}.unreadable`, 'utf8')).toBe(text)
  },
)

test('too much in it is cut to the bounds', async () => {
  const rules = Array.from({ length: 250 }, () => rule())
  const recent = Array.from({ length: 250 }, () => event())
  await writeFile(path, JSON.stringify({ version: 1, rules, recent }))
  const kept = await new AlertsFile(path).read()
  expect([kept.rules.length, kept.recent.length]).toEqual([200, 200])
})

test('a file that is torn or has a flipped byte is read without an error', async () => {
  await new AlertsFile(path).write({ rules: [rule(), rule()], recent: [event()] })
  const whole = await readFile(path)
  await fc.assert(
    fc.asyncProperty(
      fc.nat(whole.length - 1),
      fc.nat(255),
      fc.boolean(),
      async (at, byte, torn) => {
        const damaged = Buffer.from(whole)
        damaged[at] = byte
        await writeFile(path, torn ? damaged.subarray(0, at) : damaged)
        expect((await new AlertsFile(path).read()).rules.length).toBeLessThanOrEqual(2)
      },
    ),
    { numRuns: 60 },
  )
})
