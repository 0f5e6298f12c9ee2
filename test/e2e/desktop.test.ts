import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { ask } from './ask'
import { RESULTS, useBrowser, useLongshore } from './browser'

const bed = inject('bed')
const browser = useBrowser()
const engine = bed.docker

/** A file of this machine, as it is dragged out of the system's file manager; removed after the test. */
function newFile(name: string): string {
  const folder = mkdtempSync(join(bed.folder, 'e2e-desktop-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, name), 'content')
  return join(folder, name)
}

/** Drags a file over the window as the system does it, and lets it fall there with `drop`. */
async function dragging(page: Page, file: string) {
  const session = await page.context().newCDPSession(page)
  const send = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    session.send('Input.dispatchDragEvent', {
      ...{ type, x: 600, y: 300 },
      data: { items: [], files: [file], dragOperationsMask: 1 },
    })
  await send('dragEnter')
  await send('dragOver')
  return { drop: () => send('drop') }
}

describe('a file that is dragged onto the window', () => {
  const longshore = useLongshore(browser, () => engine)

  test('opens the dialog that loads archives, which says that a browser tells no path', async () => {
    const page = await longshore.open('/containers')
    await page.getByRole('heading', { name: 'Containers', exact: true }).waitFor()
    const overlay = page.getByText('Drop to load this archive')
    const file = newFile('ship.tar')
    const drag = await dragging(page, file)
    await overlay.waitFor()
    await drag.drop()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('A browser does not tell where ship.tar is.').waitFor()
    await overlay.waitFor({ state: 'detached' })
    const field = dialog.getByLabel('File')
    expect(await field.inputValue()).toBe('ship.tar')
    await field.fill(file)
    await page.keyboard.press('Enter')
    await dialog.getByRole('alert').waitFor()
  })

  test('is refused where it is no archive, and the app stays', async () => {
    const page = await longshore.open('/containers')
    await page.getByRole('heading', { name: 'Containers', exact: true }).waitFor()
    const address = page.url()
    const drag = await dragging(page, newFile('notes.rtf'))
    await drag.drop()
    // An answer of the page says that it is still there.
    expect(await page.evaluate(() => document.title)).toBe('Longshore')
    expect(page.url()).toBe(address)
    expect(await page.getByRole('dialog').count()).toBe(0)
  })
})

describe('the settings', () => {
  const longshore = useLongshore(browser, () => engine)

  test('copy diagnostics: with what went wrong in the page, and without its secrets', async () => {
    const { api } = await ask(longshore)
    await api.application.report({ message: 'broke: DB_PASSWORD=hunter2', place: '#/x' })
    const page = await longshore.open('/settings')
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Copy diagnostics' }).click()
    await page.getByText('The diagnostics are on the clipboard.').waitFor()
    await page.screenshot({ path: join(RESULTS, 'settings.png') })
    const text = await page.evaluate(() => navigator.clipboard.readText())
    expect(text).toContain('browser mode')
    expect(text).toMatch(/1\. (docker|podman) .* connected since/)
    expect(text).toContain('an error of the page')
    expect(text).toContain('broke: DB_PASSWORD=')
    expect(text).not.toContain('hunter2')
    // What only the desktop app can do is not offered here.
    expect(await page.getByText('in the tray').count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Open the log folder' }).count()).toBe(0)
  })
})
