import { existsSync } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...(await readdir('docs', { recursive: true }))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]
const texts = new Map<string, string>()
for (const page of pages) texts.set(page, await readFile(page, 'utf8'))
const textOf = (page: string) => texts.get(page) ?? ''

/** Without fenced code, in which brackets mean other things. */
const proseOf = (page: string) => textOf(page).replace(/^```[^]*?^```$/gm, '')

/** Where links, pictures and link definitions lead. */
function targetsIn(page: string): string[] {
  const inline = proseOf(page).matchAll(/\]\(([^()\s]+)(?: "[^"]*")?\)/g)
  const defined = proseOf(page).matchAll(/^\[[^\]]+\]: (\S+)$/gm)
  return [...inline, ...defined].map(([, target = '']) => target)
}

/** As GitHub makes them: lower case, without signs, a hyphen for each space. */
const anchorsOf = (page: string) =>
  [...proseOf(page).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )

describe.each(pages)('%s', (page) => {
  test('leads to files and headings that are there', () => {
    for (const target of targetsIn(page)) {
      if (/^[a-z]+:/.test(target)) continue
      const [path = '', anchor] = target.split('#')
      const file = path === '' ? page : join(dirname(page), path)
      expect(existsSync(file), target).toBe(true)
      if (anchor !== undefined && pages.includes(file)) {
        expect(anchorsOf(file), target).toContain(anchor)
      }
    }
  })

  test('names scripts and parts of the tests that are there', async () => {
    const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as {
      scripts: Record<string, string>
    }
    const [, parts = ''] =
      /^const PARTS = \{\n([^]*?)^\}/m.exec(await readFile('build/test.mjs', 'utf8')) ?? []
    const known = [...parts.matchAll(/^ {2}(\w+):/gm)].map(([, part]) => part)
    expect(known).toContain('e2e')
    for (const [, script = ''] of textOf(page).matchAll(/\bnpm run ([\w:-]+)/g)) {
      expect(Object.keys(scripts), `npm run ${script}`).toContain(script)
    }
    for (const [, part] of textOf(page).matchAll(/\bnpm test -- (\w+)/g)) {
      expect(known, `npm test -- ${part ?? ''}`).toContain(part)
    }
  })
})

test('each picture of docs is shown on a page', async () => {
  const shown = pages.flatMap((page) =>
    targetsIn(page).map((target) => join(dirname(page), target)),
  )
  for (const picture of await readdir('docs/images')) {
    expect(shown).toContain(join('docs/images', picture))
  }
})
