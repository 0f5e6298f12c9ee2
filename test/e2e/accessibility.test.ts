import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { ask } from './ask'
import { useBrowser, useLongshore, type Longshore } from './browser'
import { act, rowOf } from './table'
import { maker, newName } from './things'
import { putIndex } from '../registryContent'

const bed = inject('bed')
const browser = useBrowser()
type AxeCore = typeof axe

describe.each(['light', 'dark'] as const)(
  'in %s colours, nothing serious stands against',
  (colorScheme) => {
    const longshore = useLongshore(browser, () => bed.docker, { colorScheme })
    const { cli, run, create, idOf } = maker(bed.docker, bed.busybox)

    test('the list of containers, its menus and dialogs', async () => {
      const [running, created] = [await run(), await create()]
      const page = await longshore.open()
      await rowOf(page, running)
        .getByText(/^\d+\.\d%$/)
        .waitFor()
      await check(page)
      await rowOf(page, created).getByRole('checkbox').click()
      await check(page)
      await rowOf(page, running).getByRole('button', { name: /^More/ }).click()
      await page.getByRole('menu').waitFor()
      await check(page)
      await page.getByRole('menuitem', { name: 'Remove…' }).click()
      await page.getByRole('dialog').waitFor()
      await check(page)
    })

    test('the volumes, the details of one and their dialogs', async () => {
      const volume = newName('volume')
      // Registered first, so that it runs last: after the container has gone.
      onTestFinished(() => cli(['volume', 'rm', volume]).then(() => undefined))
      await run(['--volume', `${volume}:/data`])
      const page = await longshore.open('/volumes')
      await rowOf(page, volume).click()
      await page.getByText('Folder on the engine').waitFor()
      await check(page)
      await page.getByRole('button', { name: 'Back up…' }).click()
      await page.getByText('can write to it meanwhile').waitFor()
      await check(page)
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Prune…' }).click()
      await page.getByRole('dialog').waitFor()
      await check(page)
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Create a volume' }).click()
      const creation = page.getByRole('dialog')
      await creation.getByRole('button', { name: 'Add a label' }).click()
      await check(page)
    })

    test('the facts of an engine, its raw answers and what is on its disk', async () => {
      await run()
      const page = await longshore.open('/engines')
      await page.getByRole('main').getByRole('heading', { level: 2 }).getByRole('link').click()
      await page.getByText('Backing Filesystem').waitFor()
      await check(page)
      await page.getByRole('tab', { name: 'Answers' }).click()
      await page.getByRole('treeitem').first().waitFor()
      await check(page)
      await page.getByRole('tab', { name: 'Disk usage' }).click()
      await page.getByRole('button', { name: 'Measure' }).click()
      await page.getByText(/Measured \d+ s ago/).waitFor()
      await check(page)
    })

    test('the dashboard', async () => {
      await run()
      const page = await longshore.open('/dashboard')
      await page.getByRole('link', { name: 'Show its charts' }).first().waitFor()
      await check(page)
    })

    test('the details of a container', async () => {
      const name = await run(['--env', 'API_TOKEN=hidden', '--cpus', '0.5'])
      const page = await longshore.open(`/containers/${await idOf(name)}`)
      await page.getByRole('button', { name: 'Change…' }).click()
      const form = page.getByRole('dialog')
      await form.getByLabel('Memory', { exact: true }).fill('64')
      await form.getByLabel('CPU cores').fill('')
      await check(page)
      await page.keyboard.press('Escape')
      await form.waitFor({ state: 'detached' })
      for (const tab of ['Overview', 'Charts', 'Logs', 'Inspect']) {
        await page.getByRole('tab', { name: tab }).click()
        await page.getByRole('tabpanel').waitFor()
        await check(page)
      }
      await page.getByRole('tab', { name: 'Isolation' }).click()
      await page.getByText('What it sees').waitFor()
      await check(page)
    })

    test('its terminals, files and processes, and the page where it is edited', async () => {
      const id = await idOf(await run())
      const page = await longshore.open(`/containers/${id}?tab=files`)
      await page.getByRole('row').filter({ hasText: 'etc' }).waitFor()
      await check(page)
      await page.getByRole('tab', { name: 'Processes' }).click()
      await page.getByRole('tabpanel').getByText('sleep 1000').first().waitFor()
      await check(page)
      await page.getByRole('tab', { name: 'Terminal' }).click()
      await page.getByRole('button', { name: 'Open a terminal' }).click()
      await page.getByRole('tab', { name: 'sh', exact: true }).waitFor()
      await check(page)
      await page.goto(page.url().replace(/#.*/, `#/containers/${id}/terminal`))
      await page.getByRole('heading', { name: /^Terminals of/ }).waitFor()
      await check(page)
      await page.goto(page.url().replace(/#.*/, `#/containers/${id}/edit`))
      await page.getByText('What happens').waitFor()
      await check(page)
    })

    test('the networks, the details of one and the picture of all', async () => {
      const network = newName('network')
      // Registered first, so that it runs last: after the container has gone.
      onTestFinished(() => cli(['network', 'rm', network]).then(() => undefined))
      await cli(['network', 'create', '--internal', network])
      const member = await run()
      await cli(['network', 'disconnect', 'none', member])
      await cli(['network', 'connect', network, member])
      const page = await longshore.open('/networks')
      await rowOf(page, network).click()
      await page.getByText('Who reaches whom').waitFor()
      await check(page)
      await page.getByRole('button', { name: 'Picture' }).click()
      await page.getByRole('link', { name: `${member} is on` }).waitFor()
      await check(page)
    })

    test('logs of two containers, and what is asked of them', async () => {
      const write = `echo '{"level":"error","msg":"no database"}' >&2; echo plain; sleep 1000`
      const names = await Promise.all([run([], ['sh', '-c', write]), run([], ['sh', '-c', write])])
      const ids = await Promise.all(names.map(idOf))
      const page = await longshore.open(`/logs?ids=${ids.join(',')}`)
      await page.getByRole('button', { name: 'Times' }).click()
      await page.getByRole('button', { name: 'Unfold' }).first().click()
      await page.getByRole('searchbox', { name: 'Search this log' }).fill('plain')
      await page.locator('mark').first().waitFor()
      await check(page)
      await page.getByRole('button', { name: 'Filter' }).click()
      await page.getByRole('menu').waitFor()
      await check(page)
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Jump to a time…' }).click()
      await page.getByRole('dialog').waitFor()
      await check(page)
    })

    test('charts over time, of one container and of two', async () => {
      const ids = [await idOf(await run(['--cpus', '0.5'])), await idOf(await run())]
      const page = await longshore.open(`/containers/${ids[0]}?tab=charts`)
      await page.getByRole('img', { name: 'CPU: now' }).waitFor()
      await check(page)
      await page.goto(page.url().replace(/#.*/, `#/compare?ids=${ids.join(',')}`))
      await page.getByRole('img', { name: 'CPU: ' }).waitFor()
      await check(page)
    })

    test('the images, their details and dialogs', async () => {
      const page = await longshore.open('/images')
      const row = rowOf(page, bed.busybox.split(':')[0] ?? '')
      await row.click()
      for (const tab of ['Overview', 'Layers', 'Used by', 'Inspect']) {
        await page.getByRole('tab', { name: tab }).click()
        await check(page)
      }
      for (const action of ['Add a name…', 'Push…']) {
        await act(page, row, action)
        await page.getByRole('dialog').waitFor()
        await check(page)
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
      }
      await page.getByRole('button', { name: 'Pull an image' }).click()
      await page.getByLabel('Image', { exact: true }).fill('NOT A NAME')
      await page.getByRole('alert').waitFor()
      await check(page)
    })

    test('the page where a container is made, with every part of it open', async () => {
      const page = await longshore.open(`/containers/create?image=${bed.busybox}`)
      for (;;) {
        const closed = page.getByRole('main').locator('h2 button[aria-expanded=false]')
        if ((await closed.count()) === 0) break
        await closed.first().click()
      }
      for (const more of ['Add a port', 'Add a variable', 'Add a volume']) {
        await page.getByRole('button', { name: more }).click()
      }
      await check(page)
    })

    test('a registry that is looked into, and its dialogs', async () => {
      const { host } = bed.registries.open
      const repository = `access/${newName()}`
      await putIndex(host, repository, 'multi', ['linux/amd64', 'linux/arm64'])
      const query = new URLSearchParams({ repository, reference: 'multi' }).toString()
      const page = await longshore.open(`/registries/${encodeURIComponent(host)}?${query}`)
      await page.getByRole('button', { name: 'linux/arm64' }).waitFor()
      await check(page)
      await page.getByRole('button', { name: 'linux/arm64' }).click()
      await page.getByText('COPY content /content').waitFor()
      await check(page)
      await page.getByRole('button', { name: 'Settings…' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Authority of its certificate').selectOption('pem')
      await dialog.getByLabel('Mirrors').fill('https://no/host')
      await check(page)
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Log in', exact: true }).click()
      await dialog.getByLabel('Keep it in').waitFor()
      await check(page)
    })

    test('all engines in one table, the switcher, and the dialogs that add and remove one', async () => {
      await run()
      const { api } = await ask(longshore)
      const { engineId } = await api.engines.add({
        ...{ name: 'second', address: bed.podman.socket, tls: null, ssh: null },
      })
      onTestFinished(() => api.engines.remove({ engineId }))
      const page = await longshore.open('/all')
      await page.getByRole('button', { name: /^second/ }).click()
      await page.getByText(/^\d+ of \d+$/).waitFor()
      await check(page)
      await page.getByRole('button', { name: 'Choose an engine' }).click()
      await page.getByRole('menuitemradio').first().waitFor()
      await check(page)
      await page.getByRole('menuitem', { name: 'Add an engine…' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Socket', { exact: true }).fill(bed.podman.socket)
      await dialog.getByRole('button', { name: 'Test' }).click()
      await dialog.getByText('It answers:').waitFor()
      await check(page)
      await dialog.getByText('Network, TLS').click()
      await dialog.getByLabel('Encryption').selectOption('none')
      await dialog.getByLabel('Host', { exact: true }).fill('no/host')
      await check(page)
      await dialog.getByText('Network, SSH').click()
      await check(page)
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      await page.keyboard.press('Control+k')
      await page.keyboard.type('remove the engine second')
      await page.keyboard.press('Enter')
      await dialog.getByText('go on running').waitFor()
      await check(page)
    })

    test('the sheet of shortcuts, the guide, a chart as a table and the disk map of images', async () => {
      const name = await run(['--cpus', '0.5'])
      const page = await longshore.open('/images/sharing')
      await page.getByRole('row').nth(1).waitFor()
      await check(page)
      const dialog = page.getByRole('dialog')
      await page.keyboard.press('?')
      await dialog.getByText('Ctrl+K', { exact: true }).waitFor()
      await check(page)
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      await page.keyboard.press('Control+k')
      await page.keyboard.type('show the guide')
      await page.keyboard.press('Enter')
      await page.getByRole('dialog', { name: 'Welcome' }).waitFor()
      await check(page)
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      await page.goto(page.url().replace(/#.*/, `#/containers/${await idOf(name)}?tab=charts`))
      await page.getByRole('img', { name: 'CPU: now' }).waitFor()
      await page.getByRole('button', { name: 'CPU as a table' }).click()
      await dialog.getByRole('table').waitFor()
      await check(page)
    })

    test('the other pages and the palette', async () => {
      await failAJob(longshore)
      const page = await longshore.open('/jobs')
      await page.getByRole('article').first().waitFor()
      await check(page)
      for (const name of ['Registries', 'Engines', 'Settings']) {
        await page.getByRole('link', { name }).click()
        await page.getByRole('heading', { name, level: 1 }).waitFor()
        await check(page)
      }
      await page.getByRole('link', { name: 'Alerts' }).click()
      await page.getByRole('button', { name: 'CPU at its limit' }).waitFor()
      await check(page)
      await page.getByRole('button', { name: 'Add a rule' }).click()
      await page.getByRole('dialog').waitFor()
      await check(page)
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox').waitFor()
      await check(page)
    })
  },
)

async function failAJob(longshore: Longshore): Promise<void> {
  const { api, engineId } = await ask(longshore)
  await api.images.pull({ engineId, reference: `${bed.registries.open.host}/nobody/made-this:1` })
}

async function check(page: Page): Promise<void> {
  // By `evaluate`, because the page's content security policy lets no other script in.
  await page.evaluate(axe.source)
  const violations = await page.evaluate(async () => {
    // The page's own: this function runs there.
    const { axe: inPage } = window as unknown as { axe: AxeCore }
    const { violations: found } = await inPage.run({ resultTypes: ['violations'] })
    return found.map(({ id, impact, nodes }) => ({
      id,
      impact,
      nodes: nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary ?? ''}`),
    }))
  })
  const bad = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(bad).toEqual([])
}
