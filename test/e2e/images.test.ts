import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { ask } from './ask'
import { eventually, useBrowser, useLongshore } from './browser'
import { startGate } from './gate'
import { act, rowOf } from './table'
import { maker, newName } from './things'

const bed = inject('bed')
const registry = bed.registries.open
const browser = useBrowser()

describe.each(bed.engines)('the images of $kind', (engine) => {
  const longshore = useLongshore(browser, () => engine)
  const { cli, create, image } = maker(engine, bed.busybox)

  /** Pushes an image to the open registry and removes it here; its name there, without the host. */
  async function published(layerBytes?: number): Promise<string> {
    const name = `${newName()}:1`
    const reference = await image(`${registry.host}/${name}`, layerBytes)
    const { api, engineId } = await ask(longshore)
    const { jobId } = await api.images.push({ engineId, references: [reference] })
    for await (const message of await api.jobs.watch()) {
      const jobs = message.kind === 'snapshot' ? message.items : message.upsert
      if (jobs.some(({ id, state }) => id === jobId && state === 'succeeded')) break
    }
    await cli(['rmi', reference])
    return name
  }

  function removedLater(reference: string): void {
    onTestFinished(async () => {
      await cli(['rmi', '--force', reference]).catch(() => undefined)
    })
  }

  test('get a second name, are pushed under it, and lose it again', async () => {
    const reference = await image()
    const second = `${registry.host}/${newName()}:2`
    removedLater(second)
    const page = await longshore.open('/images')
    const row = rowOf(page, reference.split(':')[0] ?? '')
    const dialog = page.getByRole('dialog')

    await act(page, row, 'Add a name…')
    await dialog.getByLabel('New name').fill(second)
    await dialog.getByRole('button', { name: 'Add the name' }).click()
    await dialog.waitFor({ state: 'detached' })
    await row.filter({ hasText: second.split(':2')[0] ?? '' }).waitFor()
    await cli(['image', 'inspect', second])

    await act(page, row, 'Push…')
    await dialog.getByLabel('Push as').selectOption(second)
    await dialog.getByRole('button', { name: 'Push', exact: true }).click()
    await dialog.getByText(`Pushed ${second}`).waitFor()
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    const tags = await fetch(`http://${second.replace(/\/(.*):2$/, '/v2/$1/tags/list')}`)
    expect(await tags.json()).toMatchObject({ tags: ['2'] })

    await act(page, row, 'Take a name away…')
    await dialog.getByLabel('Name to take away').selectOption(second)
    await dialog.getByRole('button', { name: 'Take it away' }).click()
    await row.getByText(registry.host).waitFor({ state: 'detached' })
    await row.waitFor()
    await expect(cli(['image', 'inspect', second])).rejects.toThrow(/no such image/i)
  })

  test('are removed after a question that names everything that goes', async () => {
    const reference = await image()
    const second = `localhost/${newName()}:2`
    removedLater(second)
    await cli(['tag', reference, second])
    const page = await longshore.open('/images')
    const row = rowOf(page, second.split(':')[0] ?? '')
    await act(page, row, 'Remove…')
    const question = page.getByRole('dialog')
    for (const name of [reference, second]) {
      await question.getByRole('listitem').getByText(name).waitFor()
    }
    await question.getByText(/Frees 7\d\d\.\d KiB/).waitFor()
    await question.getByRole('button', { name: 'Remove', exact: true }).click()
    await row.waitFor({ state: 'detached' })
    await expect(cli(['image', 'inspect', reference])).rejects.toThrow(/no such image/i)
  })

  test('that a container uses stay, and the container is named', async () => {
    const name = await create()
    const page = await longshore.open('/images')
    const row = rowOf(page, bed.busybox.split(':')[0] ?? '')
    await row.getByText(name).waitFor()
    await act(page, row, 'Remove…')
    const question = page.getByRole('dialog')
    await question.getByText('is in use').waitFor()
    await question.getByText(`used by ${name}`).waitFor()
    await question.getByRole('button', { name: 'Cancel' }).click()
    await cli(['image', 'inspect', bed.busybox])
  })

  test('are pulled by name, layer by layer, and the pull goes on when its page is left', async () => {
    const name = await published(2 * 1024 * 1024)
    const gate = await startGate(registry.host)
    const reference = `${gate.host}/${name}`
    removedLater(reference)
    const page = await longshore.open('/images')
    await page.getByRole('button', { name: 'Pull an image' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Image').fill(reference)
    await dialog.getByText(`In full: ${reference}`).waitFor()
    await dialog.getByRole('button', { name: 'Pull', exact: true }).click()
    await dialog.getByRole('progressbar', { name: `Progress of ${reference}` }).waitFor()
    await dialog.getByText(/0 of [34] done/).waitFor()

    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await page.getByRole('link', { name: 'Containers' }).click()
    await page.getByRole('link', { name: 'Jobs' }).click()
    const job = page.getByRole('article').filter({ hasText: reference })
    await job.getByText('Running').waitFor()
    gate.open()
    await job.locator('header').getByText('Done', { exact: true }).waitFor()
    await page.getByText(`Pulled ${reference}`).waitFor()
    await job.getByRole('button', { name: 'Take off the list' }).click()
    await job.waitFor({ state: 'detached' })

    await page.getByRole('link', { name: 'Images' }).click()
    await rowOf(page, gate.host).waitFor()
    await cli(['image', 'inspect', reference])
  })

  test('whose pull is cancelled are not there, and nothing is called an error', async () => {
    const name = await published(2 * 1024 * 1024)
    const gate = await startGate(registry.host)
    const reference = `${gate.host}/${name}`
    const page = await longshore.open('/images')
    await page.getByRole('button', { name: 'Pull an image' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Image').fill(reference)
    await dialog.getByRole('button', { name: 'Pull', exact: true }).click()
    await dialog.getByRole('button', { name: 'Cancel the pull' }).click()
    await dialog.getByText(`The pull of ${reference} was cancelled`).waitFor()
    expect(await dialog.getByRole('alert').count()).toBe(0)
    await expect(cli(['image', 'inspect', reference])).rejects.toThrow(/no such image/i)
  })

  test('with a name that cannot be are refused while typing; one that is not there fails in words', async () => {
    const page = await longshore.open('/images')
    await page.getByRole('button', { name: 'Pull an image' }).first().click()
    const dialog = page.getByRole('dialog')
    const field = dialog.getByLabel('Image')
    const pull = dialog.getByRole('button', { name: 'Pull', exact: true })
    for (const wrong of ['UPPER', 'two words', 'name:tag:tag', 'x@sha256:12']) {
      await field.fill(wrong)
      await dialog.getByRole('alert').waitFor()
      expect(await dialog.getByRole('alert').textContent()).toMatch(/\w+ \w+/)
      expect(await pull.isDisabled()).toBe(true)
    }
    const missing = `${registry.host}/nobody/made-this:1`
    await field.fill(missing)
    await eventually(() => dialog.getByRole('alert').count()).toBe(0)
    await pull.click()
    const problem = dialog.getByRole('alert')
    await problem.waitFor()
    expect(await problem.textContent()).toMatch(/made-this/)
    await dialog.getByRole('button', { name: 'Try again' }).click()
    await field.waitFor()
  })

  test('tell their layers with sizes and who uses them', async () => {
    const reference = await image()
    const page = await longshore.open('/images')
    await rowOf(page, reference.split(':')[0] ?? '').click()
    const details = page.getByRole('complementary')
    await details.getByText(reference, { exact: true }).first().waitFor()
    await details.getByRole('tab', { name: 'Layers' }).click()
    await details.getByText(/^3 layers, 7[67]\d\.\d KiB/).waitFor()
    await details.getByRole('tab', { name: 'Used by' }).click()
    await details.getByText('No container was made from this image.').waitFor()
    await details.getByRole('tab', { name: 'Inspect' }).click()
    await details.getByRole('button', { name: 'Raw JSON' }).click()
    const answer = await details.locator('pre').textContent()
    expect(JSON.parse(answer ?? '')).toMatchObject({ RepoTags: [reference] })
  })
})
