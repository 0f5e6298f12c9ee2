import { describe, inject, onTestFinished, test } from 'vitest'
import { buildImage } from '../builtImage'
import { eventually, useBrowser, useLongshore } from './browser'
import { act, rowOf, stateOf } from './table'
import { maker, newName } from './things'

const bed = inject('bed')
const browser = useBrowser()
const COMMAND = `CMD ["sh", "-c", "trap 'exit 0' TERM; sleep 1000 & wait"]`

describe.each(bed.engines)('recreating a container on $kind', (engine) => {
  const longshore = useLongshore(browser, () => engine)
  const { cli, idOf } = maker(engine, bed.busybox)

  test('is offered once its tag has moved, says what it does, and is undone', async () => {
    const reference = `localhost/${newName('moving')}:1`
    const build = (mode: string) =>
      buildImage(engine, reference, [`FROM ${bed.busybox}`, `ENV MODE=${mode}`, COMMAND])
    const name = newName('recreated')
    onTestFinished(async () => {
      await cli(['rm', '--force', '--volumes', name]).catch(() => undefined)
      await cli(['rm', '--force', '--volumes', `${name}-before-1`]).catch(() => undefined)
    })
    await build('old')
    await cli(['run', '--detach', '--name', name, '--network', 'none', '-v', '/data', reference])
    const page = await longshore.open('/containers')
    const row = rowOf(page, name)
    await row.waitFor()

    await build('new')
    await row.getByText('newer image').waitFor()
    await page.getByLabel('Which containers').selectOption({ label: 'With a newer image' })
    await row.waitFor()
    await page.getByLabel('Which containers').selectOption({ label: 'All' })

    await act(page, row, 'Recreate with the new image…')
    const dialog = page.getByRole('dialog', { name: `Recreate ${name}` })
    await dialog.getByText('old → new').waitFor()
    await dialog.getByRole('button', { name: 'Recreate', exact: true }).click()
    await page.getByText(`${name} was made again from the new image.`).waitFor()
    await stateOf(page, `${name}-before-1`, /Exited/).waitFor()
    await eventually(async () => {
      const environment = await cli(['exec', name, 'env'])
      return environment.includes('MODE=new')
    }).toBe(true)

    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText(`${name} is back as it was.`).waitFor()
    await eventually(() => rowOf(page, name).count()).toBe(1)
    await stateOf(page, name, /Running/).waitFor()
    await row.getByText('newer image').waitFor()
  })

  test('can be gone back from in the details as long as the old one is kept', async () => {
    const reference = `localhost/${newName('moving')}:1`
    const build = (mode: string) =>
      buildImage(engine, reference, [`FROM ${bed.busybox}`, `ENV MODE=${mode}`, COMMAND])
    const name = newName('recreated')
    onTestFinished(async () => {
      await cli(['rm', '--force', '--volumes', name]).catch(() => undefined)
      await cli(['rm', '--force', '--volumes', `${name}-before-1`]).catch(() => undefined)
    })
    await build('old')
    await cli(['run', '--detach', '--name', name, '--network', 'none', reference])
    await build('new')
    const page = await longshore.open(`/containers/${await idOf(name)}`)
    const overview = page.getByRole('tabpanel', { name: 'overview' })

    await overview.getByRole('button', { name: 'Recreate with the new image…' }).click()
    const dialog = page.getByRole('dialog', { name: `Recreate ${name}` })
    await dialog.getByText('old → new').waitFor()
    await dialog.getByRole('button', { name: 'Recreate', exact: true }).click()
    await overview.getByText(`${name}-before-1 is this container as it was`).waitFor()
    await overview.getByRole('button', { name: 'Remove the old container…' }).click()
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByText(`${name}-before-1 was removed.`).waitFor()
    await overview.getByText('The container before').waitFor({ state: 'detached' })
    await eventually(async () => (await cli(['exec', name, 'env'])).includes('MODE=new')).toBe(true)
  })
})
