import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { ask } from './ask'
import { RESULTS, useBrowser, useLongshore } from './browser'
import { act, rowOf } from './table'
import { maker, newName } from './things'

const bed = inject('bed')
const browser = useBrowser()

/** A folder of this machine, as the person would choose one; removed after the test. */
function newFolder(): string {
  const folder = mkdtempSync(join(bed.folder, 'e2e-archives-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

describe.each(bed.engines)('files of images on $kind', (engine) => {
  const longshore = useLongshore(browser, () => engine)
  const { cli, create, image } = maker(engine, bed.busybox)

  test('an image is saved, removed and loaded again; a file is replaced only after a tick', async () => {
    const reference = await image()
    const file = join(newFolder(), 'ship.tar')
    const page = await longshore.open('/images')
    const dialog = page.getByRole('dialog')
    const row = rowOf(page, reference.split(':')[0] ?? '')
    await act(page, row, 'Save to a file…')
    await dialog.getByLabel('File').fill(file)
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await dialog.getByText('Saved ship.tar').waitFor()
    await dialog.getByText(file).waitFor()
    const { mtimeMs } = statSync(file)
    await dialog.getByRole('button', { name: 'Close' }).last().click()

    await act(page, row, 'Save to a file…')
    await dialog.getByLabel('File').fill(file)
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await dialog.getByText(`"${file}" is there already.`).waitFor()
    await page.screenshot({ path: join(RESULTS, `save-${engine.kind}.png`) })
    await dialog.getByLabel('Replace the file that is there').check()
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await dialog.getByText('Saved ship.tar').waitFor()
    expect(statSync(file).mtimeMs).toBeGreaterThan(mtimeMs)
    await dialog.getByRole('button', { name: 'Close' }).last().click()

    await cli(['rmi', reference])
    await row.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'More for images' }).click()
    await page.getByRole('menuitem', { name: 'Load or import a file…' }).click()
    await dialog.getByLabel('File').fill(file)
    await page.keyboard.press('Enter')
    await dialog.getByText('Images, as docker save writes them').waitFor()
    await dialog.getByText(reference).waitFor()
    await page.screenshot({ path: join(RESULTS, `load-${engine.kind}.png`) })
    await dialog.getByRole('button', { name: 'Load', exact: true }).click()
    await dialog.getByRole('link', { name: reference }).waitFor()
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await row.waitFor()
  })

  test('a container is exported and its files imported, by the palette and the keyboard', async () => {
    const name = await create()
    const folder = newFolder()
    const reference = `localhost/${newName()}:files`
    onTestFinished(async () => {
      await cli(['rmi', '--force', reference]).catch(() => undefined)
    })
    const page = await longshore.open('/containers')
    const dialog = page.getByRole('dialog')
    await act(page, rowOf(page, name), 'Export its files…')
    await dialog.getByLabel('File').fill(join(folder, 'files.tar.gz'))
    await page.keyboard.press('Enter')
    await dialog.getByText(`Exported ${name} → files.tar.gz`).waitFor()
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    expect(readdirSync(folder)).toEqual(['files.tar.gz'])

    await page.getByRole('link', { name: 'Images' }).click()
    await page.getByRole('heading', { name: 'Images' }).waitFor()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('Load or import')
    await page.keyboard.press('Enter')
    await dialog.getByLabel('File').fill(join(folder, 'files.tar.gz'))
    await page.keyboard.press('Enter')
    await dialog.getByLabel('Name of the new image').fill(reference)
    await dialog.getByLabel('Command').fill('sh -c "echo hello"')
    await dialog.getByLabel('Other settings').fill('ENV SHIP=sloop\nRUN x')
    await dialog.getByText('Not understood: RUN x').waitFor()
    await page.setViewportSize({ width: 900, height: 600 })
    await page.screenshot({ path: join(RESULTS, `import-${engine.kind}.png`) })
    await page.setViewportSize({ width: 1280, height: 800 })
    await dialog.getByLabel('Other settings').fill('ENV SHIP=sloop')
    await dialog.getByRole('button', { name: 'Import', exact: true }).click()
    await dialog.getByRole('link', { name: reference }).waitFor()
    const told = await cli(['inspect', '--format', '{{json .Config}}', reference])
    expect(JSON.parse(told)).toMatchObject({
      Cmd: ['sh', '-c', 'echo hello'],
      Env: expect.arrayContaining(['SHIP=sloop']) as string[],
    })
  })

  test('a prune removes what it shows, and says what is free again', async () => {
    const [named, taken] = [await image(), await image()]
    const { api, engineId } = await ask(longshore)
    await image(taken)
    const page = await longshore.open('/images')
    const dialog = page.getByRole('dialog')
    await page.getByRole('button', { name: 'More for images' }).click()
    await page.getByRole('menuitem', { name: 'Prune images…' }).click()
    await dialog.getByText(/^One image goes\.$/).waitFor()
    await dialog.getByText(/^Frees 7\d\d\.\d KiB/).waitFor()
    await page.screenshot({ path: join(RESULTS, `prune-${engine.kind}.png`) })
    // Nothing of other tests: of what is unused, one image by its name.
    await dialog.getByRole('combobox', { name: 'Which images' }).selectOption('unused')
    await dialog.getByLabel('Only those whose name or ID has').fill(named.split(':')[0] ?? '')
    await dialog.getByText(/^One image goes\.$/).waitFor()
    await dialog.getByRole('button', { name: 'Remove one image' }).click()
    await dialog.getByText(/^One image was removed, 7\d\d\.\d KiB are free again\.$/).waitFor()
    await expect(cli(['image', 'inspect', named])).rejects.toThrow(/no such image/i)
    await cli(['image', 'inspect', taken])
    for await (const message of await api.images.watch({ engineId })) {
      const images = message.kind === 'snapshot' ? message.items : message.upsert
      const dangling = images.filter((each) => each.dangling)
      for (const { id } of dangling) await cli(['rmi', id])
      break
    }
  })

  test('an image is renamed', async () => {
    const reference = await image()
    const to = `localhost/${newName()}:new`
    onTestFinished(async () => {
      await cli(['rmi', '--force', to]).catch(() => undefined)
    })
    const page = await longshore.open('/images')
    await act(page, rowOf(page, reference.split(':')[0] ?? ''), 'Rename…')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('New name').fill(to)
    await dialog.getByRole('button', { name: 'Rename', exact: true }).click()
    await rowOf(page, to.split(':')[0] ?? '').waitFor()
    await expect(cli(['image', 'inspect', reference])).rejects.toThrow(/no such image/i)
  })
})
