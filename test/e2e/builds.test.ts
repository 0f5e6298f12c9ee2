import { randomUUID } from 'node:crypto'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { engineCli } from '../bed'
import { buildFolder } from '../buildFolder'
import { eventually, useBrowser, useLongshore } from './browser'

const bed = inject('bed')
const browser = useBrowser()

describe.each(bed.engines)('building an image on $kind', (engine) => {
  const longshore = useLongshore(browser, () => engine)

  test('from a folder: what is sent first, then its steps, then again from the cache', async () => {
    const name = `localhost/built-${randomUUID().slice(0, 8)}:1`
    onTestFinished(async () => {
      await engineCli(engine)(['rmi', '--force', name]).catch(() => undefined)
    })
    const folder = await buildFolder({
      Dockerfile: `FROM ${bed.busybox} AS base
ARG GREETING=hello
RUN sleep 1; echo "$GREETING ${name}" > /greeting
FROM base
COPY src /src
`,
      '.dockerignore': 'node_modules\n',
      'node_modules/large.js': 'x'.repeat(10_000),
      'src/main.js': 'console.log(1)',
    })
    const page = await longshore.open('/images')
    await page.getByRole('button', { name: 'Build image…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Build an image' })
    await dialog.getByLabel('Folder').fill(folder)
    await dialog.getByText('3 files').waitFor()
    await dialog.getByText('One entry is kept out by .dockerignore').waitFor()
    await dialog.getByLabel('Names').fill(name)
    await dialog.getByLabel('GREETING').fill('ahoy')
    await dialog.getByRole('button', { name: 'Build', exact: true }).click()
    await dialog.getByText(`Built ${name}`).waitFor()
    await dialog.getByText('COPY src /src', { exact: true }).waitFor()
    expect(
      await engineCli(engine)(['run', '--rm', '--network', 'none', name, 'cat', '/greeting']),
    ).toBe(`ahoy ${name}`)

    await dialog.getByRole('button', { name: 'Build again…' }).click()
    await dialog.getByRole('button', { name: `Build ${name} again` }).click()
    await dialog.getByText(/the cache saved about/).waitFor()
    await dialog.getByText('Cached', { exact: true }).first().waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('row', { name: new RegExp(name.split(':')[0] ?? '') }).waitFor()

    // What was built last stands there again, also after a reload.
    await page.reload()
    await page.getByRole('button', { name: 'Build image…' }).click()
    await eventually(() => dialog.getByLabel('Folder').inputValue()).toBe(folder)
  })

  test('that fails shows the step and the last lines that it printed', async () => {
    const folder = await buildFolder({
      Dockerfile: `FROM ${bed.busybox}\nRUN echo "no such rule"; exit 3\n`,
    })
    const page = await longshore.open('/images')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('Build image')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Build an image' })
    await dialog.getByLabel('Folder').fill(folder)
    const start = dialog.getByRole('button', { name: 'Build', exact: true })
    await eventually(() => start.isEnabled()).toBe(true)
    await start.click()
    await dialog.getByText(/^The build failed at: RUN echo/).waitFor()
    await dialog.getByText('What the engine said').click()
    expect(await dialog.innerText()).toContain('no such rule')
  })
})
