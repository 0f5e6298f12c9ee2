import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { engineCli } from '../bed'
import { newContainer, newName, newNetwork } from '../networks'
import { eventually, useBrowser, useLongshore } from './browser'
import { rowOf } from './table'

const bed = inject('bed')
const { busybox } = bed
const browser = useBrowser()

describe.each(bed.engines)('networks on $kind', (engine) => {
  const cli = engineCli(engine)
  const longshore = useLongshore(browser, () => engine)

  test('one is made in the form, a container is connected and taken off, and it is removed', async () => {
    const name = newName()
    onTestFinished(async () => {
      await cli(['network', 'rm', name]).catch(() => undefined)
    })
    const box = await newContainer(engine, { busybox })
    const page = await longshore.open('/networks')
    await page.getByRole('button', { name: 'Create a network' }).first().click()
    const form = page.getByRole('dialog', { name: 'Create a network' })
    await form.getByLabel('Name', { exact: true }).fill(name)
    await form.getByRole('button', { name: 'Add subnet' }).click()
    await form.getByLabel('Subnet', { exact: true }).fill('10.58.7.9/24')
    await form.getByText('It begins elsewhere: 10.58.7.0/24 is meant.').waitFor()
    await form.getByLabel('Subnet', { exact: true }).fill('10.58.7.0/24')
    await form.getByRole('button', { name: 'Create', exact: true }).click()
    await form.waitFor({ state: 'detached' })

    const details = page.getByRole('complementary')
    await details.getByRole('button', { name: 'Connect container' }).click()
    const connect = page.getByRole('dialog', { name: `Connect ${name}` })
    await connect.getByLabel('Container', { exact: true }).selectOption({ label: box.name })
    await connect.getByLabel('Aliases').fill('api')
    await connect.getByLabel('Address').fill('10.58.8.1')
    await connect.getByText('Not in 10.58.7.0/24.').waitFor()
    await connect.getByLabel('Address').fill('10.58.7.77')
    await connect.getByRole('button', { name: 'Connect', exact: true }).click()
    await details.getByText('10.58.7.77').waitFor()
    await details.getByText('also api').waitFor()

    // In use: nothing is removed, and the page says by whom.
    await rowOf(page, name).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    const question = page.getByRole('dialog')
    await question.getByText(`${name}: ${box.name}`).waitFor()
    await page.keyboard.press('Escape')

    await details.getByRole('button', { name: `Disconnect ${box.name}` }).click()
    await page.getByRole('button', { name: 'Disconnect', exact: true }).click()
    await details.getByText('No container is connected, running or not.').waitFor()

    await rowOf(page, name).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await details.getByText('This network is gone').waitFor()
    expect(await cli(['network', 'ls', '--format', '{{.Name}}'])).not.toContain(name)
  })

  test('the picture shows who is on what, and one on two networks as a bridge between them', async () => {
    const [front, back] = [await newNetwork(engine), await newNetwork(engine, '--internal')]
    const box = await newContainer(engine, {
      busybox,
      args: ['--network', front, '--network-alias', 'www', '--publish', '127.0.0.1::80'],
    })
    await cli(['network', 'connect', back, box.name])
    const page = await longshore.open('/networks?as=picture')
    const inPicture = page.getByRole('link', { name: new RegExp(`^${box.name} is on`) })
    const words = () => inPicture.getAttribute('aria-label')
    await eventually(words).toMatch(
      new RegExp(`${front} at 10\\.[0-9.]+ as www.*This machine leads to it: \\d+ → 80`),
    )
    await eventually(words).toContain(back)
    await page.getByRole('link', { name: new RegExp(`^${back}.*internal`) }).waitFor()
    await inPicture.focus()
    await page.keyboard.press('Enter')
    await eventually(() => page.url()).toContain(box.id)
    const overview = page.getByRole('tabpanel', { name: 'overview' })
    await overview.getByRole('link', { name: front }).waitFor()
    await overview.getByRole('button', { name: `Disconnect ${front}` }).waitFor()
  })

  test('prune shows what is unused first, and takes no other', async () => {
    const [unused, kept] = [await newNetwork(engine), await newNetwork(engine)]
    const page = await longshore.open('/networks')
    await rowOf(page, unused).waitFor()
    await page.getByRole('button', { name: 'Prune…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Prune networks' })
    await dialog.getByRole('searchbox').fill(unused)
    await dialog.getByRole('button', { name: 'Remove one network' }).click()
    await dialog.getByText('One network is gone.').waitFor()
    const names = await cli(['network', 'ls', '--format', '{{.Name}}'])
    expect(names).not.toContain(unused)
    expect(names).toContain(kept)
  })
})
