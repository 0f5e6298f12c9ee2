import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'

const page = await readFile('SECURITY.md', 'utf8')

interface Threat {
  number: number
  /** Folders or files of the code that stands against it. */
  code: string[]
  tests: { file: string; title: string }[]
}

/** The rows of the table: number, threat, what stands against it, tests. */
const threats = [...page.matchAll(/^\| +(\d+) +\|([^|]+)\|([^|]+)\|([^|]+)\|$/gm)].map(
  ([, number = '', , stands = '', shown = '']): Threat => ({
    number: Number(number),
    code: [...stands.matchAll(/`((?:main|renderer|preload|build)\/[^`]+)`/g)].map(
      ([, file = '']) => file,
    ),
    tests: [...shown.matchAll(/`([^`]+)`: "([^"]+)"/g)].map(([, file = '', title = '']) => ({
      file,
      title,
    })),
  }),
)

test('all twenty-one threats are in the table, each with the code and a test', () => {
  expect(threats.map(({ number }) => number)).toEqual(Array.from({ length: 21 }, (_, at) => at + 1))
  for (const { number, code, tests } of threats) {
    expect(code.length, `the code of ${number}`).toBeGreaterThan(0)
    expect(tests.length, `the tests of ${number}`).toBeGreaterThan(0)
    for (const file of code) expect(existsSync(file), file).toBe(true)
  }
})

describe.each(threats)('threat $number', ({ tests }) => {
  test.each(tests)('is tested: $title', async ({ file, title }) => {
    const code = await readFile(file, 'utf8')
    const titles = [...code.matchAll(/(['"`])((?:(?!\1)[^\\\n]|\\.)+)\1,/g)].map(
      ([, , each]) => each,
    )
    expect(titles).toContain(title)
    expect(code).toMatch(/\b(?:test|it)(?:\.\w+)*\(/)
    expect(code).not.toMatch(/\b(?:test|it|describe)\.(?:skip|todo|only)\(/)
  })
})
