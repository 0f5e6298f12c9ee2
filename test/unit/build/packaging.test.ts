import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfiguration } from '../../../build/steps/packaging.mjs'

const root = join(import.meta.dirname, '..', '..', '..')
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

describe('the packaging configuration', () => {
  test("is valid by electron-builder's schema and sets every fuse", async () => {
    const { electronFuses } = await readConfiguration(root)
    expect(electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    })
    expect(Object.keys(electronFuses).sort()).toEqual(await fusesKnownToElectronBuilder())
  })
})

// Electron's binary may not be had here. electron-builder copies, packs and flips fuses all the same
// on a stand-in that has the fuse wire: https://github.com/electron/fuses.
describe.runIf(process.platform === 'linux')('the packaged app', () => {
  let folder: string
  let packaged: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'longshore-package-'))
    const project = join(folder, 'project')
    await makeProject(project)
    await makeStandInElectron(join(folder, 'electron'))
    await electronBuilder(project, [
      ...['--config', 'build/electron-builder.yml', '--publish', 'never', '--linux', '--dir'],
      `--config.electronDist=${join(folder, 'electron')}`,
    ])
    const suffix = process.arch === 'x64' ? '' : `-${process.arch}`
    packaged = join(project, 'dist', `linux${suffix}-unpacked`)
  }, 60_000)

  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('has its fuses flipped', async () => {
    const binary = await readFile(join(packaged, 'longshore'), 'latin1')
    const start = binary.indexOf(SENTINEL) + SENTINEL.length
    const wire = binary.slice(start + 2, start + 2 + 8)
    // Run as Node, cookies, NODE_OPTIONS, --inspect, asar integrity, asar only, snapshot, file://.
    expect(wire).toBe('01001100')
  })

  test('holds what was built and nothing else of the project', async () => {
    const archive = await readFile(join(packaged, 'resources', 'app.asar'))
    expect(filesOf(archive).sort()).toEqual(['out/main/index.js', 'package.json'])
  })
})

async function electronBuilder(project: string, args: string[]): Promise<void> {
  const program = join(root, 'node_modules', 'electron-builder', 'cli.js')
  try {
    await promisify(execFile)(process.execPath, [program, ...args], { cwd: project })
  } catch (error) {
    throw new Error(`electron-builder failed:\n${(error as { stdout: string }).stdout}`)
  }
}

async function fusesKnownToElectronBuilder(): Promise<string[]> {
  const electronBuilder = createRequire(import.meta.url).resolve('electron-builder/package.json')
  const library = createRequire(electronBuilder).resolve('app-builder-lib/package.json')
  const schema = JSON.parse(await readFile(join(dirname(library), 'scheme.json'), 'utf8')) as {
    definitions: { FuseOptionsV1: { properties: object } }
  }
  return Object.keys(schema.definitions.FuseOptionsV1.properties)
    .filter((name) => name !== 'resetAdHocDarwinSignature') // no fuse
    .sort()
}

/** The project as far as packaging sees it, without packages, with a file that must stay out. */
async function makeProject(folder: string): Promise<void> {
  await mkdir(join(folder, 'out', 'main'), { recursive: true })
  await writeFile(join(folder, 'out', 'main', 'index.js'), 'export {}')
  await writeFile(join(folder, 'notes.txt'), 'not for the package')
  await cp(join(root, 'build'), join(folder, 'build'), { recursive: true })
  const description = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    devDependencies: { electron: string }
  }
  const { electron } = description.devDependencies
  const reduced = { ...description, dependencies: {}, devDependencies: { electron } }
  await writeFile(join(folder, 'package.json'), JSON.stringify(reduced))
}

async function makeStandInElectron(folder: string): Promise<void> {
  await mkdir(join(folder, 'resources'), { recursive: true })
  // The wire: its version, its length, and one character for each fuse; here all are on.
  const wire = Buffer.from([1, 8, ...Buffer.from('11111111')])
  await writeFile(join(folder, 'electron'), Buffer.concat([Buffer.from(SENTINEL), wire]))
  await chmod(join(folder, 'electron'), 0o755)
}

interface AsarFolder {
  files: Record<string, AsarFolder | { size: number }>
}

/** Paths in an asar: its header is JSON, its length the fourth number of the file. */
function filesOf(archive: Buffer): string[] {
  const header = archive.toString('utf8', 16, 16 + archive.readUInt32LE(12))
  const pathsIn = (folder: AsarFolder): string[] =>
    Object.entries(folder.files).flatMap(([name, entry]) =>
      'files' in entry ? pathsIn(entry).map((path) => `${name}/${path}`) : [name],
    )
  return pathsIn(JSON.parse(header) as AsarFolder)
}
