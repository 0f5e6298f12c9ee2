import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { safeName } from '../../../main/shell/opening'
import { commandFile, execCommand, terminalFor } from '../../../main/shell/systemTerminal'
import { channels, type Bridge } from '../../../preload/contract/bridge'
import { app, createIpcRenderer, standin } from '../../standin/electron'
import { engine } from '../renderer/fixtures'
import { bridgeOf, buildPreload, startShell, type RunningShell } from './harness'

vi.mock('electron', () => import('../../standin/electron'))

const id = 'a1'.repeat(32)
let preload: string
beforeAll(async () => {
  preload = (await buildPreload()).code
})

let shell: RunningShell
let bridge: Bridge
beforeEach(async () => {
  standin.reset()
  shell = await startShell(preload)
  bridge = bridgeOf(shell.page)
  return async () => {
    app.quit()
    await vi.waitFor(() => expect(app.exitCode).toBe(0))
    await shell.remove()
  }
})

describe("a shell in the system's terminal", () => {
  test('is asked of the client of the engine, at its address', () => {
    const at = (changes: Parameters<typeof engine>[0]) =>
      execCommand(engine(changes), id)?.join(' ')
    expect(at({})).toBe(`docker -H unix:///var/run/docker.sock exec -it ${id} sh`)
    expect(at({ kind: 'podman', endpoint: 'unix:///run/podman.sock' })).toBe(
      `podman --url unix:///run/podman.sock exec -it ${id} sh`,
    )
    expect(at({ endpoint: 'ssh://me@host:22/run/docker.sock' })).toBe(
      `docker -H ssh://me@host:22 exec -it ${id} sh`,
    )
  })

  test('is not offered where a client cannot be told the way', () => {
    const settings = { address: 'x', name: '', tls: null, ssh: null }
    const tls = { caFile: null, certFile: null, keyFile: null, verify: true }
    expect(execCommand(engine({ settings: { ...settings, tls } }), id)).toBeNull()
    const ssh = { identityFile: '/home/me/key', jump: null }
    expect(execCommand(engine({ settings: { ...settings, ssh } }), id)).toBeNull()
    expect(execCommand(engine({ kind: null }), id)).toBeNull()
    for (const endpoint of ['--help', 'unix:///a b', 'tcp://x;calc', 'file:///x']) {
      expect(execCommand(engine({ endpoint }), id), endpoint).toBeNull()
    }
  })

  test.runIf(process.platform === 'linux')(
    'runs in a terminal that is there, argument by argument',
    async () => {
      const bin = await mkdtemp(join(tmpdir(), 'longshore-bin-'))
      const said = join(bin, 'said')
      const script = `#!/bin/sh\nfor each; do echo "[$each]"; done > '${said}.part'\nmv '${said}.part' '${said}'\n`
      await writeFile(join(bin, 'konsole'), script)
      await chmod(join(bin, 'konsole'), 0o755)
      expect(await terminalFor(['docker', 'exec'], 'linux', bin)).toEqual([
        ...[join(bin, 'konsole'), '-e', 'docker', 'exec'],
      ])
      expect(await terminalFor(['docker'], 'linux', '/nowhere')).toBeNull()
      vi.stubEnv('PATH', `${bin}:/usr/bin:/bin`)
      // One that this machine has would come first.
      const own = await terminalFor([], 'linux')
      if (own?.[0] === join(bin, 'konsole')) {
        shell.stage.show({ id: 'e1' })
        expect(await bridge.openTerminal({ engineId: 'e1', containerId: id })).toBeNull()
        await vi.waitFor(async () =>
          expect((await readFile(said, 'utf8')).split('\n').slice(0, -1)).toEqual(
            ['-e', 'docker', '-H', 'unix:///var/run/docker.sock', 'exec', '-it', id, 'sh'].map(
              (each) => `[${each}]`,
            ),
          ),
        )
      }
      vi.unstubAllEnvs()
      await rm(bin, { recursive: true })
    },
  )

  test('says where no terminal is, and where the engine is not known', async () => {
    vi.stubEnv('PATH', '/nowhere')
    shell.stage.show({ id: 'e1' })
    const asked = (engineId: string) => bridge.openTerminal({ engineId, containerId: id })
    expect(await asked('e1')).toMatch(/^No terminal program/)
    expect(await asked('e9')).toMatch(/cannot be told/)
    vi.unstubAllEnvs()
  })

  test('takes the full id of a container and nothing else', async () => {
    const ipc = createIpcRenderer(shell.window.webContents, shell.page.frame)
    for (const containerId of ['web', '--help', `${id};x`, `${id}\n`, '', null, 'a1b2']) {
      const asked = ipc.invoke(channels.openTerminal, { engineId: 'e1', containerId })
      await expect(asked, String(containerId)).rejects.toThrow(channels.openTerminal)
    }
  })

  test.runIf(process.platform !== 'win32')(
    "macOS' file runs exactly the arguments, whatever is in them",
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'longshore-command-'))
      const file = join(folder, 'run')
      const argument = fc.stringMatching(/^[ab '"$\\`;&|*\n()]{0,12}$/)
      await fc.assert(
        fc.asyncProperty(fc.array(argument, { minLength: 1, maxLength: 4 }), async (args) => {
          await writeFile(file, commandFile(['printf', '%s\\0', ...args]))
          const { stdout } = await promisify(execFile)('/bin/sh', [file])
          expect(stdout.split('\0').slice(0, -1)).toEqual(args)
        }),
        { numRuns: 30 },
      )
      await rm(folder, { recursive: true })
    },
  )
})

describe('a text in an editor', () => {
  const target = { engineId: 'e1', containerId: id }
  const ask = (path = '/etc/app.conf') => bridge.openCopy({ target, path })

  test('is a copy for this user only, opened when the person agrees', async () => {
    shell.stage.texts.set('/etc/app.conf', 'port = 80\n')
    expect(await ask()).toBeNull()
    expect(standin.dialogs).toEqual([
      expect.objectContaining({ message: 'Open a copy of app.conf in your editor?' }),
    ])
    const [file = ''] = standin.opened
    expect(file.endsWith('/app.conf')).toBe(true)
    expect(await readFile(file, 'utf8')).toBe('port = 80\n')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  test('is not opened when the person does not, and nothing is written', async () => {
    shell.stage.texts.set('/etc/app.conf', 'x')
    standin.boxAnswer = 1
    expect(await ask()).toBeNull()
    expect(standin.opened).toEqual([])
    await expect(readdir(join(shell.dataFolder, 'opened'))).rejects.toThrow('ENOENT')
  })

  test('is refused where it is no text, or not all of one', async () => {
    expect(await ask('/bin/sh')).toMatch(/^Only texts/)
    shell.stage.texts.set('/large', null)
    expect(await ask('/large')).toMatch(/too large/)
    expect(standin.dialogs).toEqual([])
    const ipc = createIpcRenderer(shell.window.webContents, shell.page.frame)
    for (const path of ['etc/x', '/../x', '', 5]) {
      await expect(ipc.invoke(channels.openCopy, { target, path })).rejects.toThrow(
        channels.openCopy,
      )
    }
  })

  test.each([
    ['/a/app.conf', 'app.conf'],
    ['/a/.env', 'env.txt'],
    ['/a/run.exe', 'run.exe.txt'],
    ['/a/x.desktop', 'x.desktop.txt'],
    ['/a/x.command', 'x.command.txt'],
    ['/a/evil.conf\u202etxt', 'evil.conf_txt.txt'],
    ['/a/Makefile', 'Makefile.txt'],
    ['/a/..', 'file.txt'],
    ['/a/c:\\d.yaml', 'c__d.yaml'],
  ])('%j is called %j: no system runs it', (path, name) => {
    expect(safeName(path)).toBe(name)
  })

  test('goes with the next start', async () => {
    shell.stage.texts.set('/etc/app.conf', 'x')
    await ask()
    app.quit()
    await vi.waitFor(() => expect(app.exitCode).toBe(0))
    standin.reset()
    shell = await startShell(preload, { dataFolder: shell.dataFolder })
    await expect(readdir(join(shell.dataFolder, 'opened'))).rejects.toThrow('ENOENT')
  })
})

test('a folder of this machine is shown, and one that is not there is told', async () => {
  await mkdir(join(shell.dataFolder, 'data'))
  const path = join(shell.dataFolder, 'data')
  expect(await bridge.showInFolder(path)).toBeNull()
  expect(standin.opened).toEqual([`folder of ${path}`])
  expect(await bridge.showInFolder('/not/there')).toBe('/not/there is not on this machine.')
  const ipc = createIpcRenderer(shell.window.webContents, shell.page.frame)
  for (const input of ['relative', '', null, 'smb://x']) {
    await expect(ipc.invoke(channels.showInFolder, input)).rejects.toThrow(channels.showInFolder)
  }
})

test("the log's folder is opened, by the page and by the menu", async () => {
  await bridge.openLogFolder()
  const help = standin.menu?.at(-1)?.submenu
  help?.find(({ label }) => label === 'Open the Log Folder')?.click?.()
  const folder = join(shell.dataFolder, 'diagnostics')
  await vi.waitFor(() => expect(standin.opened).toEqual([folder, folder]))
})

test('where a dropped file is, is told to the page', () => {
  const file = Object.assign(new File([], 'image.tar'), { path: '/home/me/image.tar' })
  expect(bridge.pathOf(file)).toBe('/home/me/image.tar')
  expect(bridge.pathOf(new File([], 'made.tar'))).toBe('')
})
