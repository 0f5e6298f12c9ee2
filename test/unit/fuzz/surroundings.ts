import dns from 'node:dns'
import { chmod, mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'

export interface FuzzSurroundings {
  /** Below it lies every path that inputs name; the other folders lie beside it. */
  folder: string
  dataFolder: string
  socket: string
  /** What lies where nothing may be written: the working folder, the person's own, beside the folder. */
  strayFiles(): Promise<string[]>
  restore(): Promise<void>
}

/**
 * A home, a working folder, a temporary folder and a PATH of its own for the process, and no names but
 * localhost: whatever the app does with an input, it does it there.
 */
export async function fuzzSurroundings(): Promise<FuzzSurroundings> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'longshore-fuzz-')))
  // Deep, so that a path that leads up three times is still inside.
  const folder = join(root, 'inputs/a/b/c')
  const at = (name: string) => join(root, name)
  for (const name of ['home/.docker', 'work', 'tmp', 'commands', 'data', 'inputs/a/b/c/context']) {
    await mkdir(at(name), { recursive: true })
  }
  await writeFile(join(folder, 'context/Dockerfile'), 'FROM scratch\n')
  await writeFile(join(folder, 'Dockerfile'), 'FROM scratch\n')
  await writeFile(join(folder, 'file.tar'), Buffer.alloc(10_240))
  await writeFile(
    at('home/.docker/config.json'),
    JSON.stringify({ auths: { '127.0.0.1:1': { auth: 'dXNlcjpwYXNz' } } }),
  )
  for (const command of ['docker', 'podman', 'ssh', 'xdg-open']) {
    await writeFile(at(`commands/${command}`), '#!/bin/sh\nexit 1\n')
    await chmod(at(`commands/${command}`), 0o755)
  }
  const before = process.cwd()
  process.chdir(at('work'))
  vi.stubEnv('HOME', at('home'))
  vi.stubEnv('TMPDIR', at('tmp'))
  vi.stubEnv('PATH', at('commands'))
  vi.stubEnv('DOCKER_CONFIG', undefined)
  vi.stubEnv('DOCKER_HOST', undefined)
  vi.stubEnv('XDG_RUNTIME_DIR', at('tmp'))
  const lookup = vi
    .spyOn(dns, 'lookup')
    .mockImplementation((hostname: string, options: unknown, callback?: (error: Error) => void) => {
      const done = typeof options === 'function' ? (options as (error: Error) => void) : callback
      const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), {
        code: 'ENOTFOUND',
      })
      setImmediate(() => done?.(error))
    })
  return {
    folder,
    dataFolder: at('data'),
    socket: at('engine.sock'),
    async strayFiles() {
      const [work, home, beside] = await Promise.all([
        readdir(at('work'), { recursive: true }),
        readdir(at('home'), { recursive: true }),
        readdir(root),
      ])
      const expected = ['home', 'work', 'tmp', 'commands', 'data', 'inputs', 'engine.sock']
      return [
        ...work.map((file) => `work/${file}`),
        ...home.filter((file) => !file.startsWith('.docker')).map((file) => `home/${file}`),
        ...beside.filter((file) => !expected.includes(file)),
      ]
    },
    async restore() {
      lookup.mockRestore()
      vi.unstubAllEnvs()
      process.chdir(before)
      await rm(root, { recursive: true, force: true })
    },
  }
}
