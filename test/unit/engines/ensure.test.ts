import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { ensureEngine } from '../../../main/engines/ensure'
import type { Surroundings } from '../../../main/engines/places'

let folder: string
let said: string[]

/** A machine whose PATH holds nothing but this test's own commands, which note how they are called. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longshore-ensure-'))
  said = []
  vi.stubEnv('PATH', folder)
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line))
  return async () => {
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
    await rm(folder, { recursive: true })
  }
})

async function install(command: string, exitCode = 0) {
  const file = join(folder, command)
  await writeFile(file, `#!/bin/sh\necho "${command} $*" >> '${folder}/calls'\nexit ${exitCode}\n`)
  await chmod(file, 0o755)
}

const calls = () => readFile(join(folder, 'calls'), 'utf8').catch(() => '')

/** Without sockets of its own: nothing answers here, whatever this machine has. */
const nowhere = (env: Surroundings['env'] = {}): Surroundings => ({
  platform: 'win32',
  env,
  home: folder,
  uid: null,
})

describe('before the app starts', () => {
  test('nothing is done where an engine answers', async () => {
    const socket = join(folder, 'engine.sock')
    const server = createServer((_, response) => response.end('OK')).listen(socket)
    onTestFinished(() => void server.close())
    await install('apt-get')
    await ensureEngine(nowhere({ DOCKER_HOST: `unix://${socket}` }))
    expect(await calls()).toBe('')
    expect(said).toEqual([])
  })

  test('nothing is installed where Podman is: the app starts its service', async () => {
    await install('podman')
    await install('apt-get')
    await ensureEngine(nowhere())
    expect(await calls()).toBe('')
  })

  test('as root without a terminal Podman is installed, and it is said', async () => {
    vi.spyOn(process, 'getuid').mockReturnValue(0)
    await install('apt-get')
    await ensureEngine(nowhere())
    const [update, packages] = (await calls()).split('\n')
    expect(update).toBe('apt-get update -qq')
    expect(packages).toMatch(/^apt-get install -y .*\bpodman runc\b/)
    expect(said[0]).toMatch(/installing Podman/)
    expect(said.at(-1)).toBe('Podman is installed.')
  })

  test('an installation that fails is said, and the app goes on', async () => {
    vi.spyOn(process, 'getuid').mockReturnValue(0)
    await install('apt-get', 1)
    await ensureEngine(nowhere())
    expect(said.at(-1)).toMatch(/failed; Longshore goes on without an engine/)
  })

  test('as somebody else without a terminal it is only said what to do', async () => {
    vi.spyOn(process, 'getuid').mockReturnValue(1000)
    await install('apt-get')
    await install('sudo')
    await ensureEngine(nowhere())
    expect(await calls()).toBe('')
    expect(said[0]).toMatch(/Install one, for example with: sudo apt-get update/)
  })

  test('where no way to install is known, links say where to look', async () => {
    await ensureEngine(nowhere())
    expect(said[0]).toMatch(/docs\.docker\.com.*podman\.io/)
  })
})
