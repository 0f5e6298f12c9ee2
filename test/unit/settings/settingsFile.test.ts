import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { writeFileAtomically } from '../../../main/systemFiles'
import { createSecretFile } from '../../../main/secrets'
import { SettingsFile } from '../../../main/settings/settingsFile'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longshore-settings-'))
  return () => rm(folder, { recursive: true })
})

describe('settings', () => {
  test('are remembered over a restart, key by key', async () => {
    const file = join(folder, 'new/settings.json')
    const settings = new SettingsFile(file)
    expect((await settings.read()).theme).toBe('system')
    await settings.change({ theme: 'dark' })
    await settings.change({ panelWidth: 600 })
    expect(await new SettingsFile(file).read()).toMatchObject({ theme: 'dark', panelWidth: 600 })
  })

  test.each(['', '{', '[]', 'null', '{"theme":"pink","panelWidth":600}'])(
    'a file that holds %j gives defaults for what does not fit',
    async (text) => {
      const file = join(folder, 'settings.json')
      await writeFile(file, text)
      const values = await new SettingsFile(file).read()
      expect(values.theme).toBe('system')
      expect(values.panelWidth).toBe(text.includes('600') ? 600 : 480)
    },
  )

  test('are told at once and at each change to who watches, until they do no more', async () => {
    const settings = new SettingsFile(join(folder, 'settings.json'))
    const ending = new AbortController()
    const seen: string[] = []
    for await (const { theme } of settings.watch(ending.signal)) {
      seen.push(theme)
      if (theme === 'system') await settings.change({ theme: 'dark' })
      else ending.abort()
    }
    expect(seen).toEqual(['system', 'dark'])
  })

  test('many changes at once lose none', async () => {
    const file = join(folder, 'settings.json')
    const settings = new SettingsFile(file)
    const widths = Array.from({ length: 20 }, (_, index) => 300 + index)
    await Promise.all([
      settings.change({ theme: 'light' }),
      ...widths.map((panelWidth) => settings.change({ panelWidth })),
    ])
    expect(await new SettingsFile(file).read()).toMatchObject({ theme: 'light', panelWidth: 319 })
  })
})

test('a write that fails leaves the old file whole and nothing beside it', async () => {
  const file = join(folder, 'file')
  await writeFileAtomically(file, 'old')
  // @ts-expect-error A value that cannot be written, in place of a disk that is full.
  await expect(writeFileAtomically(file, 5)).rejects.toThrow()
  expect(await readFile(file, 'utf8')).toBe('old')
  expect(await readdir(folder)).toEqual(['file'])
})

describe('the secret file', () => {
  test('is readable by its owner only', async () => {
    const file = join(folder, 'secrets.json')
    const secrets = createSecretFile(file)
    expect(await secrets.read()).toBeNull()
    await secrets.write('planted')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await secrets.read()).toBe('planted')
    expect(secrets.protection).toBe('file')
  })
})
