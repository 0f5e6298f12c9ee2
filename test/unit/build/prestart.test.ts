import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..', '..')

/** Stands in for npm: an installation without a network, of an electron-vite that builds nothing. */
const NPM = `
  const { mkdirSync, writeFileSync } = require('node:fs')
  if (process.argv[2] !== 'ci') process.exit(1)
  const folder = 'node_modules/electron-vite'
  mkdirSync(folder, { recursive: true })
  writeFileSync(folder + '/package.json', JSON.stringify({ bin: { 'electron-vite': 'cli.cjs' } }))
  writeFileSync(folder + '/cli.cjs', \`
    const { existsSync, mkdirSync } = require('node:fs')
    mkdirSync('out', { recursive: true })
    if (existsSync('main/broken.ts')) { console.log('broken.ts does not compile'); process.exit(1) }
  \`)
`

describe('before `npm start`', () => {
  let project: string

  beforeEach(async () => {
    project = await mkdtemp(join(tmpdir(), 'longshore-prestart-'))
    await cp(join(root, 'build'), join(project, 'build'), { recursive: true })
    await write('npm.cjs', NPM)
    await write('package-lock.json', '{}')
    await write('main/index.ts', 'one')
  })
  afterEach(() => rm(project, { recursive: true, force: true }))

  test('a fresh clone is installed and built, and the second time nothing is done', async () => {
    expect(await prestart()).toBe('Installing npm packages …\nBuilding …\n')
    expect(await prestart()).toBe('')
  })

  test('a changed source is built, a changed lock file installed as well', async () => {
    await prestart()
    await write('main/index.ts', 'two')
    expect(await prestart()).toBe('Building …\n')
    await write('renderer/deep/down.vue', 'new')
    expect(await prestart()).toBe('Building …\n')
    await write('package-lock.json', '{ "changed": true }')
    expect(await prestart()).toBe('Installing npm packages …\nBuilding …\n')
  })

  test('a build that fails says why, and is tried again', async () => {
    await write('main/broken.ts', '')
    await expect(prestart()).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('broken.ts does not compile') as unknown,
    })
    await rm(join(project, 'main/broken.ts'))
    expect(await prestart()).toBe('Building …\n')
  })

  async function write(file: string, content: string): Promise<void> {
    await mkdir(dirname(join(project, file)), { recursive: true })
    await writeFile(join(project, file), content)
  }

  async function prestart(): Promise<string> {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(project, 'build', 'prestart.mjs')],
      { env: { ...process.env, npm_execpath: join(project, 'npm.cjs') } },
    )
    return stdout
  }
})
