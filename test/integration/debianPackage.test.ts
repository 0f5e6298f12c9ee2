import { execFile, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { anotherNameOf } from '../anotherSocketName'
import { engineCli, type EngineFacts } from '../bed'
import { startDaemon } from '../bed/daemon'
import { engineOf, itemsOf } from '../client'
import { letIn } from '../servedApp'
import { freePort } from '../unit/serve/harness'

const bed = inject('bed')
const runs = promisify(execFile)
const NOBODY = 65534
// Building may compile the app, and each test packs or unpacks it, on machines that do other work beside.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 })
const hasDpkg = isThere('dpkg-deb')
if (!hasDpkg) console.log('skipped: the Debian package, because dpkg is not here')

describe.runIf(hasDpkg)('the Debian package of browser mode', () => {
  let folder: string
  let deb: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'longshore-debian-'))
    deb = await buildByCommand(join(folder, 'dist'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('is the same file whoever builds it of the same sources', async () => {
    const project = makeProject(join(folder, 'project'))
    const builds = await Promise.all([
      buildOf(project, join(folder, 'one'), 'umask 022'),
      buildOf(project, join(folder, 'two'), 'umask 077; export TZ=Asia/Tokyo LC_ALL=C'),
    ])
    const [one, two] = builds.map((file) => readFileSync(file))
    expect(one?.equals(two ?? Buffer.of())).toBe(true)
  })

  test('holds files of root that others may read, below /usr, and one command', async () => {
    const { stdout } = await runs('dpkg', ['--contents', deb], { maxBuffer: 1e8 })
    const entries = stdout.trim().split('\n').map(entryOf)
    for (const { mode, owner, path } of entries) {
      const isCommand = path === './usr/bin/longshore'
      const expected = path.endsWith('/') ? 'drwxr-xr-x' : isCommand ? '-rwxr-xr-x' : '-rw-r--r--'
      expect({ mode, owner, path }).toEqual({ mode: expected, owner: 'root/root', path })
      expect(path).toMatch(/^\.\/(usr\/.*)?$/)
      // `Architecture: all`, and nothing that only the checkout needs.
      expect(path).not.toMatch(/\.(node|so|ts|map)$|\/main\/index\.js$|node_modules\/electron/)
    }
    const paths = entries.map(({ path }) => path)
    expect(new Set(paths).size).toBe(paths.length)
    for (const name of ['changelog.gz', 'copyright']) {
      expect(paths).toContain(`./usr/share/doc/longshore-server/${name}`)
    }
    const control = await runs('dpkg-deb', ['--ctrl-tarfile', deb], { encoding: 'buffer' })
    const members = spawnSync('tar', ['-t'], { input: control.stdout, encoding: 'utf8' }).stdout
    // No script of a maintainer runs as root.
    expect(members.trim().split('\n').sort()).toEqual(['./', './control', './md5sums'])
  })

  test.runIf(isThere('groff'))('has a man page without a fault', async () => {
    const root = await install()
    const page = join(root, 'usr/share/man/man1/longshore.1.gz')
    const { stdout, stderr } = await runs('sh', ['-c', `zcat ${page} | groff -man -Tutf8 -ww -z`])
    expect(stdout + stderr).toBe('')
  })

  test.runIf(isThere('systemd-analyze'))('installs a user unit that systemd takes', async () => {
    const root = await install()
    const unit = '/usr/lib/systemd/user/longshore.service'
    const said = await inside(root, [
      ...['env', `XDG_RUNTIME_DIR=${mkdtempSync(join(folder, 'run-'))}`],
      ...['systemd-analyze', 'verify', '--user', '--man=no', unit],
    ])
    expect(said).toBe('')
  })

  test('says which Node.js it needs where there is none that is new enough', async () => {
    const root = await install()
    const path = mkdtempSync(join(folder, 'path-'))
    symlinkSync('/bin/cat', join(path, 'cat'))
    writeFileSync(join(path, 'node'), '#!/bin/sh\necho v18.20.4\n', { mode: 0o755 })
    const command = join(root, 'usr/bin/longshore')
    const refused = spawnSync('/bin/sh', [command, 'serve'], {
      encoding: 'utf8',
      env: { PATH: path },
    })
    expect(refused.status).toBe(1)
    expect(refused.stderr).toContain('needs Node.js 20.19 or newer; here node is v18.20.4')
    expect(refused.stderr).toContain('LONGSHORE_NODE=')
  })

  test.each(bed.engines)(
    'serves the containers of $kind to a user without rights, and goes without a trace',
    async (engine) => {
      const name = `installed-${engine.kind}`
      const cli = engineCli(engine)
      await cli(['run', '-d', '--name', name, bed.busybox, 'sleep', '1000'])
      onTestFinished(async () => {
        await cli(['rm', '--force', name])
      })

      const root = await install()
      expect(await inside(root, ['longshore', '--version'])).toBe(`${versionHere()}\n`)
      expect(await inside(root, ['longshore', 'serve', '--help'])).toMatch(
        /^Usage: longshore serve \[flags\]/,
      )
      const { api } = await letIn(await serve(root, socketForAll(engine)))
      const { id: engineId } = await engineOf(api)
      const running = await itemsOf(api.containers.watch({ engineId }), (items) =>
        items.some((item) => item.name === name),
      )
      expect(running.find((item) => item.name === name)?.state).toBe('running')

      await runs('dpkg', [`--root=${root}`, '--purge', 'longshore-server'])
      expect(await filesOutsideDpkg(root)).toEqual([])
    },
  )

  /** Installs it into a root of its own, with a database of its own. */
  async function install(): Promise<string> {
    const root = mkdtempSync(join(folder, 'root-'))
    for (const part of ['info', 'updates']) {
      mkdirSync(join(root, 'var/lib/dpkg', part), { recursive: true })
    }
    writeFileSync(join(root, 'var/lib/dpkg/status'), '')
    await runs('dpkg', [`--root=${root}`, '--install', deb])
    return root
  }

  /** Starts the installed server as `nobody`; resolves with its address. */
  async function serve(root: string, socket: string): Promise<string> {
    const home = mkdtempSync(join(folder, 'home-'))
    chownSync(home, NOBODY, NOBODY)
    const logFile = join(home, 'log')
    const [command = '', ...args] = asInstalled(root, [
      ...['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'],
      ...['longshore', 'serve', '--no-open', '--port', String(await freePort())],
      ...['--engine', socket],
    ])
    const daemon = startDaemon(command, args, {
      ...{ folder: mkdtempSync(join(bed.folder, 'debian-')), logFile },
      environment: { HOME: home, LONGSHORE_DATA: join(home, 'data') },
    })
    onTestFinished(async () => {
      process.kill(daemon.pid, 'SIGTERM')
      await daemon.ended
    })
    return daemon.ready(
      () => /Longshore is at (\S+)/.exec(readFileSync(logFile, 'utf8'))?.[1] ?? null,
    )
  }
})

/** Whether a program is installed. */
function isThere(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0
}

/** The engine's socket where everybody may use it, for a while. */
function socketForAll(engine: Pick<EngineFacts, 'socket'>): string {
  const socket = anotherNameOf(engine)
  chmodSync(socket, 0o666)
  return socket
}

/** Builds it by the command that people use. */
async function buildByCommand(output: string): Promise<string> {
  await runs(process.execPath, ['build/dist.mjs', '--browser-deb', '--output', output])
  const [name = ''] = (await readdir(output)).filter((file) => file.endsWith('_all.deb'))
  return join(output, name)
}

/** What the package is built of, as it is now. */
function makeProject(project: string): string {
  for (const part of ['package.json', 'LICENSE', 'build', 'out']) {
    cpSync(part, join(project, part), { recursive: true })
  }
  symlinkSync(resolve('node_modules'), join(project, 'node_modules'))
  return project
}

/** Builds it of a project by a process that `prelude` prepares; resolves with the file. */
async function buildOf(project: string, output: string, prelude: string): Promise<string> {
  const program = `
    import { buildBrowserDeb } from ${JSON.stringify(join(project, 'build/steps/browserDeb.mjs'))}
    const [project, output] = process.argv.slice(1)
    const { file } = await buildBrowserDeb({ project, output, epoch: 1.7e9, changes: ['All.'] })
    console.log(file)`
  const node = [process.execPath, '--input-type=module', '--eval', program, project, output]
  const { stdout } = await runs('sh', ['-c', `${prelude}; exec "$@"`, 'sh', ...node])
  return stdout.trim()
}

/**
 * A command where the package's files are in /usr, and this checkout, with its packages, is nowhere:
 * in mounts that end with it.
 */
function asInstalled(root: string, command: string[]): string[] {
  const mounts = [
    `mount -t overlay -o lowerdir=${join(root, 'usr')}:/usr overlay /usr`,
    `mount -t tmpfs tmpfs ${resolve('.')}`,
    'cd /',
  ]
  return ['unshare', '--mount', 'sh', '-c', `${mounts.join(' && ')} && exec "$@"`, 'sh', ...command]
}

/** What a command prints there. */
async function inside(root: string, command: string[]): Promise<string> {
  const [program = '', ...args] = asInstalled(root, command)
  const { stdout, stderr } = await runs(program, args)
  return stdout + stderr
}

/** A line of `dpkg --contents`: as `tar -tv` prints it. */
function entryOf(line: string): { mode: string; owner: string; path: string } {
  const [mode = '', owner = '', , , , ...path] = line.split(/\s+/)
  return { mode, owner, path: path.join(' ') }
}

function versionHere(): string {
  return (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version
}

/** Files and folders that are not the database's. */
async function filesOutsideDpkg(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true })
  return entries.filter((path) => !/^var(\/|$)/.test(path))
}
