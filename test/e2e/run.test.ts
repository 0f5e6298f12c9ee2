import { createServer } from 'node:http'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { freePort } from '../unit/serve/harness'
import { useBrowser, useLongshore } from './browser'
import { act, rowOf, stateOf } from './table'
import { maker, newName } from './things'

const bed = inject('bed')
const browser = useBrowser()

describe.each(bed.engines)('a container made on $kind', (engine) => {
  const longshore = useLongshore(browser, () => engine)
  const { cli, removeLater } = maker(engine, bed.busybox)

  test('from a pasted line has what the line says, and the page tells what it left out', async () => {
    const name = newName('run')
    removeLater(name)
    const port = await freePort()
    const page = await longshore.open('/containers')
    await page.getByRole('button', { name: 'Create a container…' }).first().click()
    await page
      .getByLabel('Paste a docker run or podman run line')
      .fill(
        `$ sudo docker run -dp 127.0.0.1:${port}:8080 -e 'GREETING=hello = world' --cpus .5 -m 64m \\\n` +
          `  --stop-timeout 0 --userns host --name ${name} ${bed.busybox} httpd -f -p 8080 -h /www`,
      )
    await page.getByRole('button', { name: 'Fill the form' }).click()
    await page.getByText('--userns host').waitFor()
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe(name)
    await page.getByText('Words: [httpd] [-f] [-p] [8080] [-h] [/www]').waitFor()
    await page.getByText(`${engine.kind} run --detach`).waitFor()
    await page.getByText('--cpus 0.5 --memory 64m').waitFor()
    await page.getByRole('tab', { name: 'Compose' }).click()
    await page.getByText(`container_name: ${name}`).waitFor()
    await page.getByRole('button', { name: 'Create and start' }).click()

    await stateOf(page, name, 'Running').waitFor()
    const details = page.getByRole('complementary', { name })
    await details.getByText('hello = world').waitFor()
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toContain('Longshore test bed')
    const [told] = JSON.parse(await cli(['inspect', name])) as {
      HostConfig: { NanoCpus: number; Memory: number }
    }[]
    expect(told?.HostConfig).toMatchObject({ NanoCpus: 5e8, Memory: 64 * 1024 * 1024 })
  })

  test('shows before the start that a port is taken, and takes a free one', async () => {
    const name = newName('taken')
    removeLater(name)
    const other = createServer()
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening))
    onTestFinished(() => {
      other.close()
    })
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const page = await longshore.open('/images')
    await act(page, rowOf(page, bed.busybox.split(':')[0] ?? ''), 'Run…')
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByLabel('Command').fill('sleep "100')
    await page.getByText('A quote is opened and not closed.').waitFor()
    await page.getByLabel('Command').fill('sleep 100')
    await page.getByRole('button', { name: 'Add a port' }).click()
    await page.getByLabel('Port here').fill(String(port))
    await page.getByLabel('In the container').fill('8080')
    await page.getByText('Taken by a program of this machine.').waitFor()
    await page.getByRole('button', { name: 'Create and start' }).click()
    await page.getByText('A port it wants is taken already.').waitFor()
    expect(await cli(['ps', '--all', '--format', '{{.Names}}'])).not.toContain(name)
    // Nothing that was typed is lost.
    await page.getByRole('button', { name: /^Use \d+$/ }).click()
    await page.getByText('Taken by a program').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Create and start' }).click()
    await stateOf(page, name, 'Running').waitFor()
  })

  test('is not made before what is dangerous is accepted', async () => {
    const name = newName('danger')
    removeLater(name)
    const page = await longshore.open(`/containers/create?image=${bed.busybox}`)
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByLabel('Command').fill('sleep 100')
    await page.getByRole('button', { name: 'Add a volume' }).click()
    await page.getByLabel('Kind').selectOption('Folder')
    await page.getByLabel('Path on the machine').fill('/')
    await page.getByLabel('In the container').fill('/host')
    await page.getByRole('button', { name: 'Create and start' }).click()
    await page.getByText('The root folder of the machine is mounted').waitFor()
    const anyway = page.getByRole('button', { name: 'Create and start anyway' })
    expect(await anyway.isDisabled()).toBe(true)
    await page.getByLabel('I understand and want this').check()
    await anyway.click()
    await stateOf(page, name, 'Running').waitFor()
  })

  test('has its image pulled first where the engine lacks it', async () => {
    const name = newName('pulled')
    removeLater(name)
    const image = `${bed.registries.open.host}/run-${engine.kind}:1`
    await cli(['tag', bed.busybox, image])
    await cli(['push', image])
    await cli(['rmi', image])
    const page = await longshore.open(`/containers/create?image=${encodeURIComponent(image)}`)
    await page.getByText('Not on this engine: it is pulled first.').waitFor()
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByLabel('Command').fill('sleep 100')
    await page.getByRole('button', { name: 'Only create' }).click()
    await stateOf(page, name, 'Created').waitFor()
    expect(await cli(['inspect', '--format', '{{.Config.Image}}', name])).toBe(image)
  })
})
