import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { freePort, writeRenderer } from './harness'

/** How long a process may take to start, on a machine that does other work beside. */
const startMillis = 60_000
vi.setConfig({ testTimeout: 2 * startMillis })

let folder: string
const children: ChildProcessWithoutNullStreams[] = []

/** Builds the entries as electron-vite does: out/main beside out/renderer, packages left outside. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longshore-out-'))
  await symlink(resolve('node_modules'), join(folder, 'node_modules'))
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: true,
      outDir: join(folder, 'main'),
      rolldownOptions: {
        input: {
          serve: resolve('main/serve.ts'),
          shutdown: resolve('test/unit/serve/shutdown.fixture.ts'),
        },
        output: { entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name].mjs' },
      },
    },
  })
  const renderer = await writeRenderer()
  await cp(renderer, join(folder, 'renderer'), { recursive: true })
  await rm(renderer, { recursive: true })
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Runs a built entry and gathers what it says. */
function run(entry: string, ...args: string[]) {
  const child = spawn(process.execPath, [join(folder, 'main', `${entry}.mjs`), ...args], {
    env: { ...process.env, LONGSHORE_DATA: join(folder, 'data'), LONGSHORE_LOG: 'trace' },
  })
  children.push(child)
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()))
  const exit = new Promise<number | string | null>((done) => {
    child.on('exit', (code, signal) => {
      done(code ?? signal)
    })
  })
  return {
    child,
    said,
    exit,
    says: (words: string | RegExp) =>
      vi.waitFor(() => expect(said.out).toMatch(words), { timeout: startMillis, interval: 20 }),
  }
}

describe('npm start, in a browser', () => {
  const serve = (...args: string[]) =>
    run('serve', '--no-open', '--engine', join(folder, 'none.sock'), ...args)

  test('prints one address, then what else there is to know, a line each', async () => {
    const { said, says } = serve('--port', String(await freePort()))
    await says(/only this user can read\.\n$/)
    const lines = said.out.trimEnd().split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatch(/^Longshore is at http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/)
    expect(lines[1]).toMatch(/The next address is printed here .* not used for 12 h\.$/)
  })

  test('refuses to be reached from elsewhere without TLS and a token, in words', async () => {
    const { exit, said } = serve('--listen', '0.0.0.0:8443')
    await expect(exit).resolves.toBe(2)
    expect(said.out).toBe('')
    expect(said.err).toContain('takes --tls-cert FILE, --tls-key FILE and --token-file FILE')
  })

  test('prints the next address when one has been used, and never logs any', async () => {
    const { said, says } = serve('--port', String(await freePort()))
    await says(/only this user can read\.\n$/)
    const address = /http:\S+/.exec(said.out)?.[0] ?? ''
    expect((await fetch(address)).status).toBe(200)
    await says(/the next one is http:\S+\n$/)
    expect((await fetch(address)).status).toBe(403)
    expect((await fetch(`${new URL(address).origin}/?token=guess`)).status).toBe(403)
    const tokens = [...said.out.matchAll(/token=([\w-]+)/g)].map(([, token]) => token ?? '')
    expect(new Set(tokens).size).toBe(2)
    for (const token of tokens) expect(said.err).not.toContain(token)
  })

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends in order on %s', async (signal) => {
    const port = String(await freePort())
    const { child, exit, says } = serve('--port', port)
    await says('Longshore is at')
    child.kill(signal)
    await expect(exit).resolves.toBe(0)
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed')
  })

  test('outlives the reader of its output', async () => {
    const { child, exit, says, said } = serve('--port', String(await freePort()))
    await says(/only this user can read\.\n$/)
    const address = /http:\S+/.exec(said.out)?.[0] ?? ''
    child.stdout.destroy()
    expect((await fetch(address)).status).toBe(200)
    expect((await fetch(address)).status).toBe(403)
    child.kill()
    await expect(exit).resolves.toBe(0)
  })

  test('says why a port cannot be had', async () => {
    const port = String(await freePort())
    const first = serve('--port', port)
    await first.says('Longshore is at')
    const second = serve('--port', port)
    await expect(second.exit).resolves.toBe(1)
    expect(second.said.err).toContain(`Port ${port} is in use`)
    expect(second.said.out).toBe('')
  })

  test('says what is wrong with a flag, and helps', async () => {
    const wrong = run('serve', '--prot', '1')
    await expect(wrong.exit).resolves.toBe(2)
    expect(wrong.said.err).toMatch(/^Unknown option '--prot'\n\nUsage: npm start/)
    const help = run('serve', '--help')
    await expect(help.exit).resolves.toBe(0)
    expect(help.said.out).toMatch(/^Usage: npm start/)
  })
})

describe('ending', () => {
  test('is done once, then the process goes', async () => {
    const { child, exit, says, said } = run('shutdown', 'calm')
    await says('ready')
    child.kill('SIGTERM')
    await expect(exit).resolves.toBe(0)
    expect(said.out).toBe('ready\nclosed\n')
  })

  test('is not cut short by the same Ctrl+C that npm passes on', async () => {
    const { child, exit, says, said } = run('shutdown', 'calm')
    await says('ready')
    child.kill('SIGINT')
    child.kill('SIGINT')
    child.kill('SIGTERM')
    await expect(exit).resolves.toBe(0)
    expect(said.out).toBe('ready\nclosed\n')
  })

  test('is cut short by a second wish', async () => {
    const { child, exit, says } = run('shutdown', 'stuck')
    await says('ready')
    const again = setInterval(() => child.kill('SIGINT'), 50)
    await expect(exit).resolves.toBe(1)
    clearInterval(again)
  })

  test('that fails is an error', async () => {
    const { child, exit, says, said } = run('shutdown', 'failing')
    await says('ready')
    child.kill('SIGTERM')
    await expect(exit).resolves.toBe(1)
    expect(said.err).toContain('cannot close')
  })

  test('comes in order after an error that nobody caught, with a code', async () => {
    const { child, exit, says, said } = run('shutdown', 'calm')
    await says('ready')
    child.kill('SIGUSR2')
    await expect(exit).resolves.toBe(1)
    expect(said.out).toBe('ready\nclosed\n')
    expect(said.err).toContain('nobody catches this')
  })
})
