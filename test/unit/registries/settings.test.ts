import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createSettings } from '../../../main/registries/settings'
import { RegistrySettingsFile } from '../../../main/registries/settingsFile'
import type { RegistrySettings } from '../../../preload/contract/registries'
import { temporaryFolder } from './folder'

const usual = (host: string): RegistrySettings => ({
  host,
  plainHttp: false,
  ca: null,
  skipVerify: false,
  mirrors: [],
})

function kept(content?: string) {
  const file = join(temporaryFolder(), 'data', 'registries.json')
  const open = () => createSettings(new RegistrySettingsFile(file))
  const settings = open()
  const fill = async () => {
    await settings.change({ ...usual('x.example'), mirrors: ['m.example'] }, false)
    if (content !== undefined) writeFileSync(file, content)
  }
  return { file, settings, open, fill }
}

describe('the settings of registries', () => {
  it('are there again after the app ended, in a file for its owner only', async () => {
    const { file, settings, open } = kept()
    const changed = { ...usual('a.example'), plainHttp: true, mirrors: ['m.example:5000'] }
    await settings.change(changed, true)
    expect(await open().of('a.example')).toEqual(changed)
    expect(await open().of('b.example')).toEqual(usual('b.example'))
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('that say nothing unusual are forgotten', async () => {
    const { settings, open } = kept()
    await settings.change({ ...usual('a.example'), plainHttp: true }, true)
    await settings.change(usual('a.example'), false)
    expect(await open().all()).toEqual([])
  })

  it('of Docker Hub hold for each of its names', async () => {
    const { settings } = kept()
    await settings.change({ ...usual('index.docker.io'), mirrors: ['m.example'] }, false)
    expect((await settings.all()).map(({ host }) => host)).toEqual(['docker.io'])
  })

  it('want no agreement for a registry on this machine', async () => {
    const { settings } = kept()
    await settings.change({ ...usual('localhost:5000'), plainHttp: true, skipVerify: true }, false)
    expect((await settings.of('localhost:5000')).plainHttp).toBe(true)
  })

  it('are not changed without agreement, and name each danger that is new', async () => {
    const { settings } = kept()
    const both = { ...usual('a.example'), plainHttp: true, skipVerify: true }
    const refused = await settings.change(both, false).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'confirmation-needed' })
    expect((refused as { dangers: string[] }).dangers).toHaveLength(2)
    expect(await settings.all()).toEqual([])
    await settings.change({ ...usual('a.example'), plainHttp: true }, true)
    const second = await settings.change(both, false).catch((error: unknown) => error)
    expect((second as { dangers: string[] }).dangers).toHaveLength(1)
  })

  it.each([[['a.example']], [['m.example', 'M.example']]])(
    'refuse %j as mirrors of a.example',
    async (mirrors) => {
      const { settings } = kept()
      const given = { ...usual('a.example'), mirrors: mirrors.map((each) => each.toLowerCase()) }
      await expect(settings.change(given, false)).rejects.toMatchObject({ code: 'invalid-input' })
    },
  )

  it('loses nothing when several are changed at once', async () => {
    const { settings, open } = kept()
    const hosts = Array.from({ length: 20 }, (_, n) => `host${n}.example`)
    await Promise.all(
      hosts.map((host) => settings.change({ ...usual(host), mirrors: ['m.example'] }, false)),
    )
    expect((await open().all()).map(({ host }) => host).sort()).toEqual(hosts.sort())
  })

  it('keep what can be read of a file, and the rest beside it', async () => {
    const good = { ...usual('a.example'), mirrors: ['m.example'] }
    const text = JSON.stringify({ version: 1, registries: [good, { host: 'b.example' }] })
    const { file, fill, open } = kept(text)
    await fill()
    expect(await open().all()).toEqual([good])
    expect(readFileSync(`${file}.unreadable`, 'utf8')).toBe(text)
  })

  it.each(['{', '{"version":2,"registries":[]}', '[]'])(
    'of another version or broken are kept beside: %s',
    async (text) => {
      const { file, fill, open } = kept(text)
      await fill()
      expect(await open().all()).toEqual([])
      expect(readFileSync(`${file}.unreadable`, 'utf8')).toBe(text)
    },
  )

  it('need no file to begin with', async () => {
    const { file, settings } = kept()
    expect(await settings.all()).toEqual([])
    expect(existsSync(file)).toBe(false)
  })
})
