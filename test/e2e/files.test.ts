import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { eventually, useBrowser, useLongshore } from './browser'
import { newVolume } from '../files'
import { maker } from './things'

const bed = inject('bed')
const browser = useBrowser()

describe.each(bed.engines)('files of a container of $kind', (engine) => {
  const longshore = useLongshore(browser, () => engine)
  const { cli, run, idOf } = maker(engine, bed.busybox)

  async function open() {
    const name = await run()
    await cli([
      'exec',
      name,
      'sh',
      '-c',
      'mkdir /srv; printf "one\\r\\ntwo" >/srv/text; rm -r /www',
    ])
    const page = await longshore.open(`/containers/${await idOf(name)}?tab=files`)
    const files = page.getByRole('tabpanel', { name: 'files' })
    const grid = files.getByRole('grid', { name: 'Files' })
    const row = (text: string) => grid.getByRole('row').filter({ hasText: text })
    await row('srv').waitFor()
    return { name, page, files, grid, row }
  }

  test('are browsed by keyboard, and marked where they differ from the image', async () => {
    const { page, grid, row, files } = await open()
    await row('srv').getByText('added').waitFor()
    await row('www').getByText('deleted').waitFor()
    await row('srv').click()
    await row('text').waitFor()
    await grid.focus()
    await page.keyboard.press('Backspace')
    await row('etc').waitFor()
    await files.getByRole('button', { name: 'Go to a path…' }).click()
    await files.getByLabel('Path', { exact: true }).fill('/srv/')
    await page.keyboard.press('Enter')
    await row('text').waitFor()
    await files.getByRole('button', { name: 'Up (Backspace)' }).click()
    await files.getByLabel(/^Only changes since the image/).check()
    await eventually(() => row('bin').count()).toBe(0)
    await row('text').getByText('added').waitFor()
  })

  test('are edited: what somebody else wrote meanwhile is not lost', async () => {
    const { name, page, row, files } = await open()
    await row('srv').click()
    await row('text').click()
    const text = files.getByLabel('Text of text')
    await text.fill('one\nthree')
    await page.keyboard.press('Control+s')
    await files.getByText('As it is in the file').waitFor()
    expect(await cli(['exec', name, 'cat', '/srv/text'])).toBe('one\r\nthree')

    await cli(['exec', name, 'sh', '-c', 'printf theirs >/srv/text'])
    await text.fill('mine')
    await page.keyboard.press('Control+s')
    await files.getByText('"/srv/text" was changed since it was opened here.').waitFor()
    await files.getByRole('button', { name: 'Keep both: save as text.mine' }).click()
    await row('text.mine').waitFor()
    expect(await cli(['exec', name, 'cat', '/srv/text', '/srv/text.mine'])).toBe('theirsmine')

    await files.getByLabel('Text of text').fill('unsaved')
    await page.getByRole('tab', { name: 'Overview' }).click()
    const question = page.getByRole('dialog', { name: 'Leave /srv/text unsaved?' })
    await question.getByRole('button', { name: 'Cancel' }).click()
    expect(await files.getByLabel('Text of text').inputValue()).toBe('unsaved')
    await page.getByRole('tab', { name: 'Overview' }).click()
    await question.getByRole('button', { name: 'Leave it' }).click()
    await files.waitFor({ state: 'detached' })
  })

  test('are uploaded, renamed, downloaded and deleted', async () => {
    const here = await mkdtemp(join(tmpdir(), 'longshore-e2e-'))
    onTestFinished(() => rm(here, { recursive: true, force: true }))
    const { name, page, row, files } = await open()
    await row('srv').click()
    await row('text').waitFor()
    const content = Buffer.alloc(600_000, 'cargo ')
    const upload = { name: 'cargo.txt', mimeType: 'text/plain', buffer: content }
    const dialog = page.getByRole('dialog')
    await files.locator('[data-upload=files]').setInputFiles(upload)
    await dialog.getByRole('button', { name: 'Upload' }).click()
    await row('cargo.txt').waitFor()
    expect(await cli(['exec', name, 'stat', '-c', '%s', '/srv/cargo.txt'])).toBe('600000')
    // What is there is asked for.
    await files.locator('[data-upload=files]').setInputFiles(upload)
    await dialog.getByRole('button', { name: 'Upload' }).click()
    await dialog.getByRole('button', { name: 'Replace' }).click()
    await dialog.waitFor({ state: 'detached' })

    await row('cargo.txt').getByRole('button', { name: 'More of cargo.txt' }).click()
    await page.getByRole('menuitem', { name: 'Rename…' }).click()
    await dialog.getByLabel('Name').fill('freight.txt')
    await page.keyboard.press('Enter')
    await row('freight.txt').waitFor()

    await row('freight.txt').getByRole('button', { name: 'More of freight.txt' }).click()
    await page.getByRole('menuitem', { name: 'Download…' }).click()
    await dialog.getByLabel('File').fill(join(here, 'freight.txt'))
    await dialog.getByRole('button', { name: 'Download' }).click()
    await dialog.getByText(join(here, 'freight.txt')).waitFor()
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    expect((await readFile(join(here, 'freight.txt'))).equals(content)).toBe(true)

    await row('freight.txt').click()
    await files.getByText('The file is longer').waitFor()
    await page.keyboard.press('Delete')
    await dialog.getByText('Files: 1, folders: 0; 585.9 KiB in all.').waitFor()
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await eventually(() => row('freight.txt').count()).toBe(0)
    expect(await cli(['exec', name, 'ls', '/srv'])).toBe('text')
  })

  test('are dropped into one that is stopped, and into a volume, folders with what is in them', async () => {
    const here = await mkdtemp(join(tmpdir(), 'longshore-e2e-'))
    onTestFinished(() => rm(here, { recursive: true, force: true }))
    await mkdir(join(here, 'hold/deep'), { recursive: true })
    await writeFile(join(here, 'hold/deep/cargo'), 'tea')
    const { name, page, row, grid } = await open()
    await cli(['stop', '--time', '0', name])
    await page.getByRole('button', { name: 'Start', exact: true }).first().waitFor()
    await row('srv').click()
    await row('text').waitFor()
    await drop(page, grid, [join(here, 'hold')])
    await row('hold').click()
    await row('deep').click()
    await row('cargo').waitFor()
    await cli(['start', name])
    expect(await cli(['exec', name, 'cat', '/srv/hold/deep/cargo'])).toBe('tea')

    const volume = await newVolume(engine)
    const other = await longshore.open(`/volumes/${volume}?tab=files`)
    await other.getByText('Nothing is in this folder').waitFor()
    const there = other.getByRole('grid', { name: 'Files' })
    await drop(other, there, [join(here, 'hold/deep/cargo'), join(here, 'hold')])
    await there.getByText('cargo').waitFor()
    await there.getByText('hold').waitFor()
    const reader = await run(['--volume', `${volume}:/data`])
    expect(await cli(['exec', reader, 'cat', '/data/cargo', '/data/hold/deep/cargo'])).toBe(
      'teatea',
    )
    // What let the page see the volume goes with it.
    await other.close()
    const users = () => cli(['ps', '--all', '--quiet', '--filter', `volume=${volume}`])
    await eventually(async () => (await users()).split('\n').length).toBe(1)
  })

  /** As a person does it with files of this machine; the upload is confirmed. */
  async function drop(page: Page, onto: Locator, files: string[]): Promise<void> {
    const box = await onto.boundingBox()
    if (!box) throw new Error('There is nowhere to drop them.')
    const mouse = await page.context().newCDPSession(page)
    const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    const data = { items: [], files, dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await mouse.send('Input.dispatchDragEvent', { type, ...at, data })
    }
    await page.getByRole('dialog').getByRole('button', { name: 'Upload' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
})
