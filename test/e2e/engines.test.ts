import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { makeBusyboxImage, startDocker, startPodman, type Engine, type EngineFacts } from '../bed'
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
