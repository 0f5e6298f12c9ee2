import { mkdtempSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { eventually, useBrowser, useLongshore } from './browser'
import { act, rowOf } from './table'
import { maker, newName } from './things'

const bed = inject('bed')
const browser = useBrowser()

describe('volumes', () => {
  const longshore = useLongshore(browser, () => bed.docker)
  const { cli, run, idOf } = maker(bed.docker, bed.busybox)

  function goLater(name: string): string {
    onTestFinished(async () => {
      await cli(['volume', 'rm', '--force', name]).catch(() => undefined)
    })
    return name
  }

  async function newVolume(): Promise<string> {
    const name = goLater(newName('volume'))
    await cli(['volume', 'create', name])
    return name
  }

  test('come and go with what another client does, and an open page of one says so', async () => {
    const page = await longshore.open('/volumes')
    const name = await newVolume()
    await rowOf(page, name).click()
    await page.getByText('Folder on the engine').waitFor()
    await cli(['volume', 'rm', name])
    await page.getByText('This volume is gone').waitFor()
    await eventually(() => rowOf(page, name).count()).toBe(0)
  })

  test('lead to the containers that use them, and these back; one in use stays', async () => {
    const volume = await newVolume()
    const container = await run(['--volume', `${volume}:/data:ro`])
    const page = await longshore.open(`/containers/${await idOf(container)}`)
    await page.getByRole('link', { name: volume }).click()
    await page.getByRole('tab', { name: 'Used by' }).click()
    await page.getByText('/data').waitFor()
    await page.getByText('read-only').waitFor()
    await act(page, rowOf(page, volume), 'Remove…')
    const question = page.getByRole('dialog', { name: `${volume} is in use` })
    await question.getByText(`${volume}: ${container}`).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('tabpanel').or(page.getByRole('main')).first().waitFor()
    await page.getByRole('link', { name: container }).last().click()
    await page.getByRole('heading', { name: container }).waitFor()
  })

  test('are made, measured, backed up, restored, cloned and removed', async () => {
    const page = await longshore.open('/volumes')
    const name = goLater(newName('volume'))
    await page.keyboard.press('Control+k')
    await page.keyboard.type('create a volume')
    await page.keyboard.press('Enter')
    const creation = page.getByRole('dialog', { name: 'Create a volume' })
    await creation.getByLabel('Name', { exact: true }).first().fill(name)
    await page.keyboard.press('Enter')
    await creation.waitFor({ state: 'detached' })
    await run(
      ['--volume', `${name}:/data`, '--rm'],
      ['sh', '-c', 'head -c 3000000 /dev/zero > /data/full'],
    )
    const panel = page.getByRole('complementary')
    await panel.getByRole('button', { name: 'Measure' }).click()
    await panel.getByText('2.9 MiB').first().waitFor()

    await page.getByRole('tab', { name: 'Files' }).click()
    await panel.getByText('full', { exact: true }).first().waitFor()

    const file = join(mkdtempSync(join(bed.folder, 'backup-')), 'copy.tar.gz')
    await page.getByRole('button', { name: 'Back up…' }).click()
    const backup = page.getByRole('dialog', { name: `Back up ${name}` })
    await backup.getByLabel('File').fill(file)
    await page.keyboard.press('Enter')
    await backup.getByText(`Backed up ${name}`).waitFor()
    await page.keyboard.press('Escape')
    expect(readdirSync(join(file, '..'))).toEqual(['copy.tar.gz'])

    await act(page, rowOf(page, name), 'Restore a backup into it…')
    const restore = page.getByRole('dialog', { name: 'Restore a backup' })
    await restore.getByLabel('Backup').fill(file)
    await page.keyboard.press('Enter')
    await restore.getByText('Holds one entry, 2.9 MiB.').waitFor()
    const start = restore.getByRole('button', { name: 'Restore' })
    expect(await start.isDisabled()).toBe(true)
    await restore.getByLabel('Unpack over it').check()
    await start.click()
    await restore.getByText('Restored copy.tar.gz').waitFor()
    await page.keyboard.press('Escape')

    const copy = goLater(`${name}-copy`)
    await act(page, rowOf(page, name), 'Clone…')
    const clone = page.getByRole('dialog', { name: `Clone ${name}` })
    await clone.getByRole('button', { name: 'Clone' }).click()
    await clone.getByText(`Cloned ${name}`).waitFor()
    await clone.getByRole('link', { name: copy }).click()
    await page.getByRole('heading', { name: copy }).waitFor()
    await page.keyboard.press('Escape')

    await act(page, rowOf(page, copy), 'Remove…')
    const removal = page.getByRole('dialog', { name: `Remove the volume ${copy}?` })
    await removal.getByText('All that is in it is lost').waitFor()
    await removal.getByRole('button', { name: 'Remove' }).click()
    await eventually(() => rowOf(page, copy).count()).toBe(0)
  })

  test('are pruned by what is shown, and what was freed is told', async () => {
    const page = await longshore.open('/volumes')
    const [going, staying] = [await newVolume(), await newVolume()]
    await rowOf(page, going).waitFor()
    await page.getByRole('button', { name: 'Prune…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Prune volumes' })
    await dialog.getByLabel('What goes').selectOption('unused')
    await dialog.getByRole('searchbox').fill(going)
    await dialog.getByText('One volume goes').waitFor()
    await dialog.getByRole('button', { name: 'Remove one volume' }).click()
    await dialog.getByText('One volume is gone, 0 B are free.').waitFor()
    await page.keyboard.press('Escape')
    await eventually(() => rowOf(page, going).count()).toBe(0)
    expect(await rowOf(page, staying).count()).toBe(1)
  })
})
