import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import { makeBusyboxImage, startDocker, startPodman, type Engine, type EngineFacts } from '../bed'
import { firstOf } from '../client'
import { hostFor, personWithKey } from '../ssh'
import { ask } from './ask'
import { useBrowser, useLongshore } from './browser'
import { rowOf, stateOf } from './table'
import { eventually } from './browser'
import { maker, newName } from './things'

const bed = inject('bed')
const browser = useBrowser()
const start = { docker: startDocker, podman: startPodman }
const sampleNames = ['wave', 'growing', 'steady', 'idle'].map((load) => `longshore-sample-${load}`)

describe.each(['docker', 'podman'] as const)('a new engine (%s)', (kind) => {
  let engine: Engine
  beforeAll(async () => {
    engine = await start[kind](bed.folder)
  })
  afterAll(() => engine.stop())
  const longshore = useLongshore(browser, () => engine)

  test('offers samples, which show live figures within seconds and go with one click', async () => {
    const { cli } = maker(engine, bed.busybox)
    const page = await longshore.open()
    await page.getByText('No containers yet').waitFor()
    await page.getByRole('main').getByRole('button', { name: 'Run sample containers' }).click()
    for (const name of sampleNames) await stateOf(page, name, 'Running').waitFor()
    const cpuOf = async (name: string) => {
      return parseFloat(
        (await rowOf(page, name)
          .getByText(/^\d+\.\d%$/)
          .textContent()) ?? '',
      )
    }
    await eventually(() => cpuOf('longshore-sample-wave')).toBeGreaterThan(1)
    await eventually(() => cpuOf('longshore-sample-steady')).toBeGreaterThan(1)
    expect(await cpuOf('longshore-sample-idle')).toBeLessThan(1)

    await page.getByRole('button', { name: 'Remove samples' }).click()
    const question = page.getByRole('dialog')
    for (const name of sampleNames) await question.getByText(name).waitFor()
    await question.getByRole('button', { name: 'Remove samples' }).click()
    await page.getByText('No containers yet').waitFor()
    expect(await cli(['ps', '--all', '--quiet'])).toBe('')
    expect(await cli(['images', '--quiet'])).toBe('')
  })

  test('that dies and comes back is said to, and what is shown is right again by itself', async () => {
    await makeBusyboxImage(engine, bed.busybox)
    const { cli, create, run } = maker(engine, bed.busybox)
    const [kept, running] = [await create(), await run()]
    const page = await longshore.open()
    await stateOf(page, running, 'Running').waitFor()
    await rowOf(page, kept).getByRole('checkbox').click()

    await engine.kill()
    const banner = page.getByRole('status').filter({ hasText: 'reconnecting' })
    await banner.waitFor()
    await banner.getByText(/What you see is \d+ s old/).waitFor()
    await stateOf(page, kept, 'Created').waitFor()

    await engine.start()
    await banner.waitFor({ state: 'detached' })
    const late = await create()
    await stateOf(page, late, 'Created').waitFor()
    expect(await rowOf(page, kept).getAttribute('aria-selected')).toBe('true')
    // Podman's containers live on without it; Docker's end when it comes back.
    const status = () => cli(['inspect', '--format', '{{.State.Status}}', running])
    await stateOf(page, running, (await status()) === 'running' ? 'Running' : /^Exited/).waitFor()
  })
})

describe('several engines', () => {
  const longshore = useLongshore(browser, () => bed.docker)
  const onDocker = maker(bed.docker, bed.busybox)
  const onPodman = maker(bed.podman, bed.busybox)

  /** Forgets what a test added, so that the next one begins with one engine. */
  async function removeLater(name: string): Promise<void> {
    const { api } = await ask(longshore)
    onTestFinished(async () => {
      const { engines } = await firstOf(api.engines.watch(), () => true)
      const added = engines.filter((each) => each.name === name)
      await Promise.all(added.map(({ id }) => api.engines.remove({ engineId: id })))
    })
  }

  async function add(page: Page, { socket }: { socket: string }, name: string): Promise<void> {
    await removeLater(name)
    await page.getByRole('button', { name: 'Add an engine…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Socket', { exact: true }).fill(socket)
    await dialog.getByLabel('Name (optional)').fill(name)
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
  }
  const cardOf = (page: Page, name: string) => page.getByRole('article', { name })

  test('are added, tried, shown, changed and removed', async () => {
    const [here, there] = [await onDocker.create(), await onPodman.create()]
    const [name, newer] = [newName('engine'), newName('engine')]
    await removeLater(name)
    await removeLater(newer)
    const page = await longshore.open('/engines')
    await page.getByRole('button', { name: 'Add an engine…' }).click()
    const dialog = page.getByRole('dialog')
    const socket = dialog.getByLabel('Socket', { exact: true })
    await socket.fill(`${bed.podman.socket}.not`)
    await dialog.getByRole('button', { name: 'Test' }).click()
    await dialog.getByRole('alert').waitFor()
    await socket.fill(bed.podman.socket)
    await dialog.getByRole('alert').waitFor({ state: 'detached' })
    await dialog.getByRole('button', { name: 'Test' }).click()
    await dialog.getByText(/Podman \d.* · API \d.* · linux\/.* · /).waitFor()
    await dialog.getByLabel('Name (optional)').fill(name)
    await dialog.getByLabel('Name (optional)').press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await cardOf(page, name).getByText('Connected').waitFor()

    await page.getByRole('button', { name: 'Choose an engine' }).click()
    await page
      .getByRole('menuitemradio', { name: new RegExp(`${name}.*Connected · Podman`) })
      .click()
    await page.getByRole('link', { name: 'Containers' }).click()
    await rowOf(page, there).waitFor()
    await rowOf(page, here).waitFor({ state: 'detached' })
    await page.keyboard.press('Control+Alt+1')
    await rowOf(page, here).waitFor()

    await page.getByRole('link', { name: 'Engines' }).click()
    await page.getByRole('button', { name: `Change ${name}…` }).click()
    await dialog.getByLabel('Name (optional)').fill(newer)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await cardOf(page, newer).getByText('Connected').waitFor()

    await page.getByRole('button', { name: `Remove ${newer}…` }).click()
    await dialog.getByText('go on running').waitFor()
    await dialog.getByRole('button', { name: 'Remove' }).click()
    await cardOf(page, newer).waitFor({ state: 'detached' })
    expect(await onPodman.idOf(there)).not.toBe('')
  })

  test('stand in one table, are stopped together, and are opened on their own pages', async () => {
    const name = newName('engine')
    const [here, there] = [await onDocker.run(), await onPodman.run()]
    const page = await longshore.open('/engines')
    await add(page, bed.podman, name)
    await page.keyboard.press('Control+Alt+0')
    await page.getByRole('heading', { name: 'All engines' }).waitFor()
    await rowOf(page, there).getByText(name).waitFor()
    for (const row of [here, there]) {
      await rowOf(page, row)
        .getByText(/^\d+\.\d%$/)
        .waitFor()
      await rowOf(page, row).getByRole('checkbox').click()
    }
    await page.getByText('2 selected').waitFor()
    await page.getByRole('button', { name: 'Stop', exact: true }).first().click()
    for (const row of [here, there]) await stateOf(page, row, /^Exited/).waitFor()

    await page.keyboard.press('Escape')
    await rowOf(page, there).getByText(there).click()
    await page.getByRole('complementary', { name: there }).waitFor()
    await page.getByRole('button', { name: 'Choose an engine' }).getByText(name).waitFor()
  })
})

describe('an engine on another host, by SSH', () => {
  const longshore = useLongshore(browser, () => bed.docker)

  test('is connected to once its key was compared and trusted, and not when that has changed', async () => {
    const person = personWithKey(bed.folder)
    const sshd = await hostFor(person)
    const name = newName('engine')
    const page = await longshore.open('/engines')
    await page.getByRole('button', { name: 'Add an engine…' }).click()
    const form = page.getByRole('dialog', { name: 'Add an engine' })
    await form.getByLabel('Socket', { exact: true }).fill(`ssh://${sshd.host}${bed.podman.socket}`)
    await page.keyboard.press('Tab')
    await form.getByLabel('Private key').fill(person.file('id_ed25519'))
    await form.getByLabel('Name (optional)').fill(name)
    await form.getByRole('button', { name: 'Test' }).click()
    const question = page.getByRole('dialog', { name: /^Is this/ })
    await question.getByText(sshd.fingerprint(), { exact: true }).waitFor()
    await question.getByText(`[127.0.0.1]:${sshd.port}`, { exact: true }).waitFor()
    await question.getByRole('button', { name: 'Trust this key' }).click()
    await form.getByText(/Podman \d.* · API/).waitFor()
    await form.getByRole('button', { name: 'Add', exact: true }).click()
    const card = page.getByRole('article', { name })
    await card.getByText('Connected').waitFor()
    await card.getByText('Encrypted by SSH').waitFor()

    const trusted = sshd.fingerprint()
    await sshd.stop()
    sshd.changeKey()
    await sshd.start()
    await card.getByRole('button', { name: 'Look at its key…' }).click()
    const refusal = page.getByRole('dialog', { name: /has changed$/ })
    await refusal.getByText(sshd.fingerprint(), { exact: true }).waitFor()
    await refusal.getByText(trusted, { exact: true }).waitFor()
    expect(await page.getByRole('button', { name: 'Trust this key' }).count()).toBe(0)
    await refusal.getByText('Close', { exact: true }).last().click()
    await refusal.waitFor({ state: 'detached' })
    await card.getByText('Host not trusted').waitFor()
  })
})

describe('one engine that hangs', () => {
  let frozen: Engine
  beforeAll(async () => {
    frozen = await startDocker(bed.folder)
    await makeBusyboxImage(frozen, bed.busybox)
  })
  afterAll(() => frozen.stop())
  const longshore = useLongshore(browser, () => bed.podman)

  test('keeps its rows with their age, while the other goes on', async () => {
    const onFrozen = maker(frozen, bed.busybox)
    const onPodman = maker(bed.podman, bed.busybox)
    const kept = await onFrozen.create()
    const before = await onPodman.create()
    const { api } = await ask(longshore)
    const name = newName('engine')
    await api.engines.add({ name, address: frozen.socket, tls: null, ssh: null })
    const page = await longshore.open('/all')
    await rowOf(page, kept).waitFor()
    await rowOf(page, before).waitFor()

    await frozen.freeze()
    onTestFinished(() => frozen.thaw())
    await rowOf(page, kept)
      .getByText(/^Not answering, \d+ s old$/)
      .waitFor()
    const late = await onPodman.create()
    await stateOf(page, late, 'Created').waitFor()
    expect(await rowOf(page, late).getByText(/ old$/).count()).toBe(0)
    await stateOf(page, kept, 'Created').waitFor()

    // A page that begins now waits for none either.
    await page.reload()
    await rowOf(page, late).waitFor()
    await rowOf(page, kept).getByText(/ old$/).waitFor()
    frozen.thaw()
    await rowOf(page, kept).getByText(/ old$/).waitFor({ state: 'detached' })
  })
})

describe('without an engine', () => {
  const socket = join(bed.folder, `${newName('no-engine')}.sock`)
  const longshore = useLongshore(browser, () => ({ socket }) satisfies Partial<EngineFacts>)

  test('the page says what is missing, where it looked, and what to do', async () => {
    const page = await longshore.open()
    await page.getByRole('heading', { name: 'No container engine found' }).waitFor()
    await page.getByText(socket).first().waitFor()
    await page.getByRole('heading', { name: 'Install one' }).waitFor()
    await page.getByRole('button', { name: 'Search again' }).click()
    await page.getByRole('heading', { name: 'No container engine found' }).waitFor()
    // What needs no engine works.
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('heading', { name: 'Settings' }).waitFor()
  })
})
