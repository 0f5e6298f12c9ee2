import { describe, expect, inject, test } from 'vitest'
import { eventually, useBrowser, useLongshore } from './browser'
import { maker } from './things'

const bed = inject('bed')
const browser = useBrowser()

describe.each(bed.engines)('the isolation of a container of $kind', (engine) => {
  const longshore = useLongshore(browser, () => engine)
  const { cli, run, idOf } = maker(engine, bed.busybox)

  test('is shown with its limits, its neighbour and its processes from both sides', async () => {
    const neighbour = await run(['--ipc', 'shareable'])
    const name = await run(['--cpus', '0.5', '--ipc', `container:${neighbour}`])
    const page = await longshore.open(`/containers/${await idOf(name)}`)
    await page.getByRole('tab', { name: 'Isolation' }).click()
    await page.getByText('May use half a core: 50 ms of every 100 ms.').waitFor()

    // What only screen readers meet lies in the panel too: it must not make the page scroll.
    const below = () => document.documentElement.scrollHeight - window.innerHeight
    expect(await page.evaluate(below)).toBe(0)

    const inside = await cli(['exec', name, 'sh', '-c', 'sleep 777 >/dev/null 2>&1 & echo $!'])
    const row = page.getByRole('row').filter({ hasText: 'sleep 777' })
    await page.getByRole('button', { name: 'Read again' }).click()
    await eventually(() => row.getByRole('cell').first().textContent()).toBe(inside)
    const outside = Number(await row.getByRole('cell').nth(1).textContent())
    expect(outside).toBeGreaterThan(0)
    expect(outside).not.toBe(Number(inside))

    await page.getByRole('tabpanel').getByRole('link', { name: neighbour }).click()
    await page.getByRole('heading', { name: neighbour }).waitFor()
    await page.getByRole('tabpanel').getByRole('link', { name }).waitFor()
  })
})
