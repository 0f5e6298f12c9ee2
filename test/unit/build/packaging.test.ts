import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { readConfiguration } from '../../../build/steps/packaging.mjs'
import { electronBinary } from '../../electron/binary'
import { makeStandInElectron } from './standInElectron'

const root = join(import.meta.dirname, '..', '..', '..')
/** The wire of every package: see build/fuses.mjs for the reasons, and fuses.test.ts for the names. */
const WIRE = '010011001'

describe('the packaging configuration', () => {
  test("is valid by electron-builder's schema, packs an archive, and leaves the fuses to one file", async () => {
    const configuration = await readConfiguration(root)
    expect(configuration.asar).toBe(true)
    expect(configuration.afterPack).toBe('build/fuses.mjs')
    // It would flip eight of them again.
    expect(configuration.electronFuses).toBeUndefined()
    // The fuse for it is nothing without the hash.
    expect(configuration.disableAsarIntegrity).toBeUndefined()
  })

  test('names the packages of each system, for both architectures', async () => {
    const { linux, mac, win, publish, protocols } = await readConfiguration(root)
    const targets = [linux, mac, win].map(({ target }) => target.map((each) => each.target))
    // A dmg is what people get, a zip what an update is got as.
    expect(targets).toEqual([['AppImage', 'deb', 'rpm'], ['dmg', 'zip'], ['nsis']])
    for (const { arch } of [linux, mac, win].flatMap(({ target }) => target)) {
      expect(arch).toEqual(['x64', 'arm64'])
    }
    expect(protocols.flatMap(({ schemes }) => schemes)).toEqual(['longshore'])
    expect(publish).toBeNull()
  })
})

// Electron's binary may not be had here. electron-builder copies, packs and calls its hooks all the
// same on a stand-in.
describe.runIf(process.platform === 'linux')('the packaged app', () => {
  let folder: string
  let packaged: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'longshore-package-'))
    await makeStandInElectron(join(folder, 'electron'))
    packaged = await packageApp(join(folder, 'project'), join(folder, 'electron'))
  }, 60_000)

  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('has all nine fuses set', async () => {
    expect(await wireOf(join(packaged, 'longshore'))).toBe(WIRE)
  })

  test('holds what was built and nothing else of the project', async () => {
    const archive = await readFile(join(packaged, 'resources', 'app.asar'))
    expect(filesOf(archive).sort()).toEqual(['out/main/index.js', 'package.json'])
  })
})

const program = electronBinary()
if (!program) console.log("skipped: the package of Electron's own binary, because it is not here")

describe.runIf(program !== null && process.platform === 'linux')(
  "the app, packaged with Electron's own binary",
  () => {
    test('has all nine fuses set, and is no Node for its environment', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'longshore-package-'))
      onTestFinished(() => rm(folder, { recursive: true, force: true }))
      const packaged = await packageApp(join(folder, 'project'), dirname(program ?? ''))
      const longshore = join(packaged, 'longshore')
      expect(await wireOf(longshore)).toBe(WIRE)
      const asNode = promisify(execFile)(longshore, ['-p', '6 * 7'], {
        env: { ELECTRON_RUN_AS_NODE: '1' },
        timeout: 20_000,
      })
      await expect(
        asNode.then(
          ({ stdout }) => stdout,
          () => '',
        ),
      ).resolves.not.toContain('42')
    }, 120_000)
  },
)

/** Packages a project in a new folder `project` with the Electron in `electron`; where the app is. */
async function packageApp(project: string, electron: string): Promise<string> {
  await makeProject(project)
  await electronBuilder(project, [
    ...['--config', 'build/electron-builder.yml', '--publish', 'never', '--linux', '--dir'],
    `--config.electronDist=${electron}`,
  ])
  const suffix = process.arch === 'x64' ? '' : `-${process.arch}`
  return join(project, 'dist', `linux${suffix}-unpacked`)
}

async function electronBuilder(project: string, args: string[]): Promise<void> {
  const program = join(root, 'node_modules', 'electron-builder', 'cli.js')
  try {
    await promisify(execFile)(process.execPath, [program, ...args], { cwd: project })
  } catch (error) {
    throw new Error(`electron-builder failed:\n${(error as { stdout: string }).stdout}`)
  }
}

/** A character for each fuse in the order of the wire: 1 is on. */
async function wireOf(program: string): Promise<string> {
  const { version, ...wire } = await getCurrentFuseWire(program)
  expect(version).toBe('1')
  return String.fromCharCode(...Object.values(wire).map(Number))
}

/** The project as far as packaging sees it, without packages, with a file that must stay out. */
async function makeProject(folder: string): Promise<void> {
  await mkdir(join(folder, 'out', 'main'), { recursive: true })
  await writeFile(join(folder, 'out', 'main', 'index.js'), 'export {}')
  await writeFile(join(folder, 'notes.txt'), 'not for the package')
  await cp(join(root, 'build'), join(folder, 'build'), { recursive: true })
  // What the hook imports; a dependency of the build, not of the app.
  const fuses = join('node_modules', '@electron', 'fuses')
  await mkdir(dirname(join(folder, fuses)), { recursive: true })
  await symlink(join(root, fuses), join(folder, fuses))
  const description = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    devDependencies: { electron: string }
  }
  const { electron } = description.devDependencies
  const reduced = { ...description, dependencies: {}, devDependencies: { electron } }
  await writeFile(join(folder, 'package.json'), JSON.stringify(reduced))
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
