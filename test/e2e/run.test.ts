import { createServer } from 'node:http'
import type { Page } from 'playwright-core'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { freePort } from '../unit/serve/harness'
import { useBrowser, useLongshore } from './browser'
import { act, rowOf, stateOf } from './table'
import { maker, newName } from './things'

const bed = inject('bed')
const browser = useBrowser()

describe.each(bed.engines)('a container run from an image on $kind', (engine) => {
  const longshore = useLongshore(browser, () => engine)
  const { cli, removeLater } = maker(engine, bed.busybox)

  async function openForm(page: Page) {
    await act(page, rowOf(page, bed.busybox.split(':')[0] ?? ''), 'Run…')
    return page.getByRole('dialog')
  }

  test('has the name, command, port, variable and limits of the form, and runs', async () => {
    const name = newName('run')
    removeLater(name)
    const port = await freePort()
    const page = await longshore.open('/images')
    const form = await openForm(page)
    await form.getByLabel('Name', { exact: true }).fill(name)
    await form.getByLabel('Command').fill('httpd -f -p 8080 -h "/www"')
    await form.getByText('Words: [httpd] [-f] [-p] [8080] [-h] [/www]').waitFor()
    await form.getByRole('button', { name: 'Add a port' }).click()
    await form.getByLabel('Port here').fill(String(port))
    await form.getByLabel('In the container').fill('8080')
    await form.getByRole('button', { name: 'Add a variable' }).click()
    await form.getByLabel('Variable').fill('GREETING')
    await form.getByLabel('Value').fill('hello = world')
    await form.getByLabel('CPU').fill('0.5')
    await form.getByLabel('Memory').fill('64 MiB')
    await form.getByRole('button', { name: 'Run', exact: true }).click()
    await form.waitFor({ state: 'detached' })

    await stateOf(page, name, 'Running').waitFor()
    const details = page.getByRole('complementary', { name })
    await details.getByText('hello = world').waitFor()
    await details.getByText('64 MiB', { exact: true }).waitFor()
    const link = rowOf(page, name)
      .or(details)
      .getByRole('link', { name: `${port}→8080` })
    expect(await link.first().getAttribute('href')).toBe(`http://127.0.0.1:${port}`)
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toContain('Longshore test bed')
    const [told] = JSON.parse(await cli(['inspect', name])) as {
      HostConfig: { NanoCpus: number; Memory: number }
    }[]
    expect(told?.HostConfig).toMatchObject({ NanoCpus: 5e8, Memory: 64 * 1024 * 1024 })
  })

  test('at a port that is taken is refused in a sentence, and leaves nothing behind', async () => {
    const name = newName('taken')
    removeLater(name)
    const other = createServer()
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening))
    onTestFinished(() => {
      other.close()
    })
    const address = other.address()
    const port = typeof address === 'object' && address ? String(address.port) : ''
    const page = await longshore.open('/images')
    const form = await openForm(page)
    await form.getByLabel('Name', { exact: true }).fill(name)
    await form.getByLabel('Command').fill('sleep 100')
    await form.getByRole('button', { name: 'Add a port' }).click()
    await form.getByLabel('Port here').fill(port)
    await form.getByLabel('In the container').fill('8080')
    await form.getByRole('button', { name: 'Run', exact: true }).click()
    await form.getByText('A port it wants is taken already.').waitFor()
    await form.getByText('Choose another host port').waitFor()
    expect(await cli(['ps', '--all', '--format', '{{.Names}}'])).not.toContain(name)

    await form.getByLabel('Port here').fill('')
    await form.getByRole('button', { name: 'Run', exact: true }).click()
    await stateOf(page, name, 'Running').waitFor()
  })

  test('is not run before what is wrong in the form is put right, or what is dangerous accepted', async () => {
    const name = newName('danger')
    removeLater(name)
    const page = await longshore.open('/images')
    const form = await openForm(page)
    const run = form.getByRole('button', { name: /^Run/ })
    await form.getByLabel('Name', { exact: true }).fill(name)
    await form.getByLabel('Command').fill('sleep "100')
    await form.getByText('A quote is opened and not closed.').waitFor()
    await form.getByLabel('Command').fill('sleep 100')
    await form.getByLabel('Memory').fill('64')
    await form.getByText('Add the unit').waitFor()
    expect(await run.isDisabled()).toBe(true)
    await form.getByLabel('Memory').fill('')
    await form.getByRole('button', { name: 'Add a volume' }).click()
    await form.getByLabel('Volume or path').fill('/')
    await form.getByLabel('In the container').fill('/host')
    await run.click()
    await form.getByText('The root folder of the machine is mounted').waitFor()
    expect(await run.isDisabled()).toBe(true)
    await form.getByLabel('I understand and want this').check()
    await form.getByRole('button', { name: 'Run anyway' }).click()
    await stateOf(page, name, 'Running').waitFor()
  })
})
