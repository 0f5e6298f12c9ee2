import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { hasDisplay, openBrowser } from '../../../main/serve/open-browser'

const url = 'http://127.0.0.1:7450/?token=a-b_c;$(touch x)'
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longshore-open-'))
  vi.stubEnv('PATH', `${folder}:/usr/bin:/bin`)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

async function install(command: string, script: string) {
  await writeFile(join(folder, command), `#!/bin/sh\n${script}\n`)
  await chmod(join(folder, command), 0o755)
}

describe('the browser', () => {
  test.each<[NodeJS.Platform, string, string[]]>([
    ['linux', 'xdg-open', [url]],
    ['darwin', 'open', [url]],
    ['win32', 'rundll32.exe', ['url.dll,FileProtocolHandler', url]],
  ])('is opened by the system, without a shell (%s)', async (platform, command, args) => {
    await install(command, `printf '%s\\n' "$@" > ${folder}/args`)
    await expect(openBrowser(url, platform)).resolves.toBe(true)
    expect((await readFile(join(folder, 'args'), 'utf8')).trim().split('\n')).toEqual(args)
  })

  test('that cannot be opened is told', async () => {
    await install('xdg-open', 'exit 3')
    await expect(openBrowser(url, 'linux')).resolves.toBe(false)
    vi.stubEnv('PATH', join(folder, 'nothing'))
    await expect(openBrowser(url, 'linux')).resolves.toBe(false)
  })

  test('is opened where there is a screen', () => {
    expect(hasDisplay({}, 'linux')).toBe(false)
    expect(hasDisplay({ DISPLAY: '' }, 'linux')).toBe(false)
    expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true)
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true)
    expect(hasDisplay({}, 'darwin')).toBe(true)
    expect(hasDisplay({}, 'win32')).toBe(true)
  })
})
