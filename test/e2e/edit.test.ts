import { describe, inject, onTestFinished, test } from 'vitest'
import { eventually, useBrowser, useLongshore } from './browser'
import { act, rowOf, stateOf } from './table'
import { maker, newName } from './things'

const bed = inject('bed')
const browser = useBrowser()
// What engines do otherwise is shown without a browser: test/integration/edit and commit.
const docker = bed.engines.filter(({ kind }) => kind === 'docker')

describe.each(docker)('a container of $kind', (engine) => {
  const longshore = useLongshore(browser, () => engine)
  const { cli, run, idOf, removeLater } = maker(engine, bed.busybox)

  test('is duplicated from its menu, and an image is made of it', async () => {
    const name = await run(['--env', 'MODE=first'])
    await cli(['exec', name, 'sh', '-c', 'echo here >/written'])
    removeLater(`${name}-copy`)
    const page = await longshore.open('/containers')
    await act(page, rowOf(page, name), 'Duplicate…')
    await eventually(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe(
      `${name}-copy`,
    )
    await page.getByRole('button', { name: 'Create and start' }).click()
    await stateOf(page, `${name}-copy`, 'Running').waitFor()
    await eventually(() => cli(['exec', `${name}-copy`, 'env'])).toContain('MODE=first')

    const image = `localhost/${newName('committed')}`
    onTestFinished(async () => {
      await cli(['rmi', '--force', `${image}:latest`])
    })
    const row = rowOf(page, name).filter({ hasNotText: `${name}-copy` })
    await act(page, row, 'Make an image of it…')
    const dialog = page.getByRole('dialog', { name: `Make an image of ${name}` })
    await dialog.getByLabel('Name of the new image').fill(image)
    await dialog.getByText(`${image}:latest`).waitFor()
    await dialog.getByLabel('Command').fill('cat /written')
    await dialog.getByRole('button', { name: 'Make the image' }).click()
    await dialog.getByRole('link', { name: `${image}:latest` }).click()
    await rowOf(page, image).waitFor()
    await eventually(() => cli(['run', '--rm', '--network', 'none', image])).toBe('here')
  })

  test('is made anew with another variable, and the way back is offered', async () => {
    const name = await run(['--env', 'MODE=old'])
    removeLater(`${name}-before-1`)
    const page = await longshore.open(`/containers/${await idOf(name)}`)
    await act(page, rowOf(page, name), 'Edit and recreate…')
    const changes = page.getByRole('complementary').filter({ hasText: 'What changes' })
    await changes.getByText('Nothing yet.').waitFor()
    await page.getByLabel('Value', { exact: true }).fill('new')
    await changes.getByText('MODE=old').waitFor()
    await changes.getByText('MODE=new').waitFor()
    await page.getByRole('button', { name: 'Recreate', exact: true }).click()
    await page.getByText(`${name} was made anew with your changes.`).waitFor()
    const overview = page.getByRole('tabpanel', { name: 'overview' })
    await overview.getByRole('button', { name: 'Go back to it…' }).waitFor()
    await page.getByRole('button', { name: 'Undo' }).waitFor()
    await eventually(() => cli(['exec', name, 'env'])).toContain('MODE=new')
  })
})
