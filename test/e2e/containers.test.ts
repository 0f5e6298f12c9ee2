import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { eventually, useBrowser, useLongshore } from './browser'
import { act, rowOf, stateOf } from './table'
import { maker, newName } from './things'

const bed = inject('bed')
const browser = useBrowser()

describe.each(bed.engines)('the containers of $kind', (engine) => {
  const longshore = useLongshore(browser, () => engine)
  const { cli, run, create, idOf } = maker(engine, bed.busybox)
  const statusOf = (name: string) => cli(['inspect', '--format', '{{.State.Status}}', name])

  test('stop and start from their row, and the row says so', async () => {
    const name = await run()
    const page = await longshore.open()
    const row = rowOf(page, name)
    await stateOf(page, name, 'Running').waitFor()
    await row.getByRole('button', { name: /^Stop/ }).click()
    await stateOf(page, name, /^Exited/).waitFor()
    expect(await statusOf(name)).toBe('exited')
    await row.getByRole('button', { name: /^Start/ }).click()
    await stateOf(page, name, 'Running').waitFor()
    expect(await statusOf(name)).toBe('running')
  })

  test('pause, resume, restart and are killed from their menu', async () => {
    const name = await run()
    const page = await longshore.open()
    const row = rowOf(page, name)
    await act(page, row, 'Pause')
    await stateOf(page, name, 'Paused').waitFor()
    expect(await statusOf(name)).toBe('paused')
    await act(page, row, 'Resume')
    await stateOf(page, name, 'Running').waitFor()
    const startedAt = () => cli(['inspect', '--format', '{{.State.StartedAt}}', name])
    const before = await startedAt()
    await act(page, row, 'Restart')
    await eventually(startedAt).not.toBe(before)
    await stateOf(page, name, 'Running').waitFor()
    await act(page, row, 'Kill')
    await stateOf(page, name, 'Exited (137)').waitFor()
  })

  test('stop together when chosen together, and leave the others alone', async () => {
    const [one, two, other] = await Promise.all([run(), run(), run()])
    const page = await longshore.open()
    for (const name of [one, two]) await rowOf(page, name).getByRole('checkbox').click()
    await page.getByText('2 selected').waitFor()
    await page.locator('main > header').getByRole('button', { name: 'Stop', exact: true }).click()
    for (const name of [one, two]) await stateOf(page, name, /^Exited/).waitFor()
    await page.getByText('2 selected').waitFor()
    await stateOf(page, other, 'Running').waitFor()
  })

  test('come and go as another program makes and removes them; the place in the list is kept', async () => {
    const names = await Promise.all(Array.from({ length: 14 }, () => create()))
    const chosen = names.sort()[4] ?? ''
    const page = await longshore.open()
    await page.setViewportSize({ width: 1280, height: 320 })
    const grid = page.getByRole('grid')
    await rowOf(page, chosen).getByRole('checkbox').click()
    await grid.evaluate((element) => (element.scrollTop = 96))
    const scrolled = () => grid.evaluate((element) => element.scrollTop)
    const rowCount = async () => Number(await grid.getAttribute('aria-rowcount'))
    const before = await rowCount()

    const late = await create(newName('zz-late'))
    await eventually(rowCount).toBe(before + 1)
    expect(await scrolled()).toBe(96)
    expect(await rowOf(page, chosen).getAttribute('aria-selected')).toBe('true')

    await cli(['rm', late])
    await eventually(rowCount).toBe(before)
    expect(await scrolled()).toBe(96)
    expect(await rowOf(page, chosen).getAttribute('aria-selected')).toBe('true')
  })

  test('that another program removes are said to be gone in their open details', async () => {
    const name = await create()
    const page = await longshore.open(`/containers/${await idOf(name)}`)
    const details = page.getByRole('complementary', { name })
    await details.getByRole('tab', { name: 'Overview' }).waitFor()
    await cli(['rm', name])
    await details.getByText(`${name} is gone`).waitFor()
    await rowOf(page, name).waitFor({ state: 'detached' })
    await details.getByRole('button', { name: 'Back to the list' }).click()
    await details.waitFor({ state: 'detached' })
  })

  test('are removed after a question that names what goes and which volume stays', async () => {
    const volume = newName('kept')
    const name = await run(['--volume', `${volume}:/data`])
    onTestFinished(async () => {
      await cli(['volume', 'rm', volume])
    })
    const page = await longshore.open()
    await act(page, rowOf(page, name), 'Remove…')
    const question = page.getByRole('dialog')
    await question.getByText(`Remove ${name}?`).waitFor()
    await question.getByText(`Stays: the volume ${volume}.`).waitFor()
    await question.getByText('It still runs and will be killed first').waitFor()
    await question.getByRole('button', { name: 'Cancel' }).click()
    await question.waitFor({ state: 'detached' })
    expect(await statusOf(name)).toBe('running')

    await act(page, rowOf(page, name), 'Remove…')
    await question.getByRole('button', { name: 'Kill and remove' }).click()
    await rowOf(page, name).waitFor({ state: 'detached' })
    await expect(statusOf(name)).rejects.toThrow(/no such/i)
    expect(await cli(['volume', 'ls', '--quiet'])).toContain(volume)
  })

  test('get another name, and are told which names they cannot have', async () => {
    const [name, other] = await Promise.all([create(), create()])
    const renamed = newName('renamed')
    const page = await longshore.open()
    await act(page, rowOf(page, name), 'Rename…')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('not a name')
    await dialog
      .getByRole('alert')
      .getByText(/Use two or more letters/)
      .waitFor()
    await dialog.getByLabel('Name').fill(other)
    await dialog.getByText('Another container is called that.').waitFor()
    await dialog.getByLabel('Name').fill(renamed)
    await dialog.getByRole('button', { name: 'Rename' }).click()
    await rowOf(page, renamed).waitFor()
    await cli(['rename', renamed, name])
    await rowOf(page, name).waitFor()
  })

  test('show what the engine says of them, with secrets masked until asked for', async () => {
    const secret = newName('secret')
    const name = await run(['--env', `DB_PASSWORD=${secret}`, '--env', 'GREETING=hello'])
    const page = await longshore.open(`/containers/${await idOf(name)}`)
    const details = page.getByRole('complementary', { name })
    await details.getByText('DB_PASSWORD').waitFor()
    await details.getByText('hello', { exact: true }).waitFor()
    expect(await page.content()).not.toContain(secret)
    await details.getByRole('button', { name: 'Show secrets' }).click()
    await details.getByText(secret, { exact: true }).waitFor()

    await details.getByRole('tab', { name: 'Inspect' }).click()
    await details.getByRole('searchbox').fill('greeting')
    await details.getByText('1 of 1').waitFor()
    await details.getByRole('treeitem', { name: /GREETING=hello/ }).waitFor()
    await details.getByText('.Config.Env[').waitFor()
    await details.getByRole('button', { name: 'Raw JSON' }).click()
    const answer = details.getByLabel('Inspect').locator('pre')
    await answer.waitFor()
    const text = (await answer.textContent()) ?? ''
    expect(text).not.toContain(secret)
    const told = JSON.parse(text) as { Config: { Env: string[] } }
    expect(told.Config.Env).toContain('GREETING=hello')
    await details.getByRole('button', { name: 'Show secrets' }).click()
    await answer.filter({ hasText: secret }).waitFor()
  })
})
