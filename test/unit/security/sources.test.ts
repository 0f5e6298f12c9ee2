import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** Every source file below `folder`, by its path. */
async function sourcesOf(folder: string): Promise<[file: string, code: string][]> {
  const files = await readdir(folder, { recursive: true })
  const sources = files.filter((file) => /\.(ts|vue)$/.test(file)).map((file) => join(folder, file))
  return Promise.all(
    sources.map(async (file): Promise<[string, string]> => [file, await readFile(file, 'utf8')]),
  )
}

test('main runs programs with their arguments, and none through a shell', async () => {
  const sources = await sourcesOf('main')
  const running = sources.filter(([, code]) => code.includes('node:child_process'))
  expect(running.length).toBeGreaterThan(3)
  for (const [file, code] of running) {
    const imported = /import (?:type )?\{([^}]*)\} from 'node:child_process'/.exec(code)?.[1] ?? '?'
    const names = imported
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
    for (const name of names) expect(name, file).toMatch(/^(execFile|spawn|type \w+)$/)
    expect(code, file).not.toMatch(/\bshell:/)
  }
  for (const [file, code] of sources) {
    expect(code, file).not.toMatch(/['"]child_process['"]|\bexecSync\(/)
  }
})

test('the page makes no markup and no code of text', async () => {
  for (const [file, code] of await sourcesOf('renderer')) {
    expect(code, file).not.toMatch(
      /\bv-html\b|\.(inner|outer)HTML\s*=|insertAdjacentHTML|document\.write/,
    )
    expect(code, file).not.toMatch(/\beval\(|new Function\(|srcdoc/)
  }
})
