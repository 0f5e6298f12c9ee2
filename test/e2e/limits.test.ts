import { describe, expect, inject, test } from 'vitest'
import { eventually, useBrowser, useLongshore } from './browser'
import { act, rowOf } from './table'
import { maker } from './things'

const bed = inject('bed')
const browser = useBrowser()

describe.each(bed.engines)('changing limits on $kind', (engine) => {
  const longshore = useLongshore(browser, () => engine)
  const { run, idOf } = maker(engine, bed.busybox)

  test('is in force at once, shown in the overview and the charts, and undone', async () => {
    const name = await run(['--memory', '64m'])
    const page = await longshore.open(`/containers/${await idOf(name)}`)
    const overview = page.getByRole('tabpanel', { name: 'overview' })
    const dialog = page.getByRole('dialog', { name: `Limits of ${name}` })
    const memory = dialog.getByLabel('Memory', { exact: true })
    const change = overview.getByRole('button', { name: 'Change…' })

    await change.click()
    await eventually(() => memory.inputValue()).toBe('64 MiB')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await eventually(() => change.evaluate((button) => button === document.activeElement)).toBe(
      true,
    )

    await act(page, rowOf(page, name), 'Change limits…')
    await memory.fill('1m')
    await dialog.getByText('At least 6 MiB').waitFor()
    expect(await dialog.getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true)
    // Above the former limit of memory and swap together.
    await memory.fill('256m')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await page.getByText(`${name}: 256 MiB of memory.`).waitFor()
    await overview.getByText('256 MiB', { exact: true }).waitFor()
    await page.getByRole('tab', { name: 'Charts' }).click()
    await page.getByRole('img', { name: /^Memory: .*limit 256\.0 MiB/ }).waitFor()

    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText(`The limits of ${name} are as they were.`).waitFor()
    await page.getByRole('img', { name: /^Memory: .*limit 64\.0 MiB/ }).waitFor()
    await page.getByRole('tab', { name: 'Overview' }).click()
    await overview.getByText('64 MiB', { exact: true }).waitFor()
  })
})
