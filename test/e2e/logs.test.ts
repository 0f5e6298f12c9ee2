import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { eventually, useBrowser, useLongshore } from './browser'
import { rowOf } from './table'
import { maker, newName } from './things'

const bed = inject('bed')
const browser = useBrowser()

/** More than is read when a log is opened, and more than its list may be high. */
const LINES = 250_000
const HOSTILE = `<script>document.title='evil'</script><img src=x onerror=alert(1)>`

const logOf = (page: Page) => page.getByRole('log')
const statusOf = (page: Page) => page.locator('main footer')

/** The texts of the rows that are wholly in view, top to bottom. */
async function inView(page: Page): Promise<string[]> {
  return logOf(page).evaluate((log) => {
    const { top, bottom } = log.getBoundingClientRect()
    return [...log.querySelectorAll('[data-place]')]
      .filter((row) => {
        const place = row.getBoundingClientRect()
        return place.top >= top - 1 && place.bottom <= bottom + 1
      })
      .map((row) => row.textContent.trim())
  })
}
const firstInView = async (page: Page) => (await inView(page)).at(0)
const lastInView = async (page: Page) => (await inView(page)).at(-1)

/** Of the first row that is wholly in view, to the millisecond. */
async function firstTime(page: Page): Promise<string | undefined> {
  const times = await logOf(page).evaluate((log) => {
    const { top } = log.getBoundingClientRect()
    return [...log.querySelectorAll('time')]
      .filter((time) => time.getBoundingClientRect().top >= top - 1)
      .map((time) => time.dateTime)
  })
  return times[0]?.slice(0, 23)
}

/** What the clipboard would get. */
async function copied(page: Page): Promise<string> {
  return logOf(page).evaluate((log) => {
    const clipboardData = new DataTransfer()
    log.dispatchEvent(new ClipboardEvent('copy', { clipboardData, bubbles: true }))
    return clipboardData.getData('text/plain')
  })
}

describe.each(bed.engines)('logs on $kind', (engine) => {
  const longshore = useLongshore(browser, () => engine)
  const { run, idOf } = maker(engine, bed.busybox)

  test('of any length are followed, read to their first line, searched and filtered', async () => {
    const write = `seq 1 ${LINES} | sed 's/^/number /'; trap 'exit 0' TERM; n=0; while n=$((n+1)); do echo "tick $n"; sleep 0.1 & wait $!; done`
    const name = await run([], ['sh', '-c', write])
    const page = await longshore.open(`/containers/${await idOf(name)}?tab=logs`)
    const log = logOf(page)
    await eventually(() => lastInView(page)).toMatch(/^tick \d+$/)
    await page.getByRole('button', { name: 'Open as a page' }).click()
    await page.getByRole('heading', { name: 'Logs' }).waitFor()
    await eventually(() => lastInView(page)).toMatch(/^tick \d+$/)

    // It stops while the person reads above, says what came meanwhile, and goes on.
    await log.hover()
    await page.mouse.wheel(0, -360)
    await statusOf(page).getByText('Not following').waitFor()
    const read = await firstInView(page)
    await page.getByRole('button', { name: /^\d+ new lines$/ }).waitFor()
    expect(await firstInView(page)).toBe(read)
    await log.press('End')
    await statusOf(page).getByText('Following', { exact: true }).waitFor()

    await log.press('Home')
    await eventually(() => firstInView(page)).toBe('number 1')
    await log.press('PageDown')
    expect(await firstInView(page)).not.toBe('number 1')

    // The bar stands for all lines, and the place is held when rows become higher.
    await log.locator('xpath=following-sibling::div').evaluate((bar) => {
      bar.scrollTop = bar.scrollHeight / 2
    })
    await eventually(() => firstInView(page)).toMatch(/^number 12\d{4}$/)
    const half = await firstInView(page)
    await page.getByRole('button', { name: 'Wrap long lines' }).click()
    await log.locator('.whitespace-pre-wrap').first().waitFor()
    expect(await firstInView(page)).toBe(half)
    await page.getByRole('button', { name: 'Wrap long lines' }).click()

    // A moment leads to its line, also from the end.
    await page.getByRole('button', { name: 'Times', exact: true }).click()
    const moment = (await log.locator('time').nth(20).getAttribute('datetime')) ?? ''
    await log.press('End')
    await eventually(() => lastInView(page)).toMatch(/tick \d+$/)
    await page.getByRole('button', { name: 'Jump to a time…' }).click()
    await page.getByRole('dialog').getByLabel('Time').fill(moment)
    await page.keyboard.press('Enter')
    await eventually(() => firstTime(page)).toBe(moment.slice(0, 23))
    await page.getByRole('button', { name: 'Times', exact: true }).click()

    const search = page.getByRole('searchbox', { name: 'Search this log' })
    await page.getByRole('button', { name: 'Regular expression' }).click()
    await search.fill('(')
    await page.getByRole('alert').waitFor()
    await search.fill('^number 1\\d{3}7$')
    await page.getByText('1,000 matches').waitFor()
    await search.press('Enter')
    await page.getByText('1 of 1,000').waitFor()
    await log.locator('mark', { hasText: 'number 10007' }).waitFor()
    await search.press('Shift+Enter')
    await page.getByText('1,000 of 1,000').waitFor()
    await log.locator('mark', { hasText: 'number 19997' }).waitFor()

    await page.getByLabel('Only matching lines').check()
    await statusOf(page)
      .getByText(/^1,000 of 25\d,\d{3} lines$/)
      .waitFor()
    await log.press('Home')
    await eventually(() => inView(page)).toContain('number 10017')
    await page.getByLabel('Only matching lines').uncheck()
    // The place is held: what was on top among the matches is on top among all.
    await eventually(() => firstInView(page)).toBe('number 10007')
  })

  test('of a project are merged by time, told apart, looked into and saved byte for byte', async () => {
    const project = newName('shop')
    const labels = (service: string) => [
      ...['--label', `com.docker.compose.project=${project}`],
      ...['--label', `com.docker.compose.service=${service}`],
    ]
    const json = `{"level":"error","msg":"no <b>database</b>","at":{"host":"db","port":5432}}`
    const wait = `trap 'exit 0' TERM; sleep 1000 & wait`
    const web = await run(labels('web'), [
      ...['sh', '-c', `printf '%s\\n' "$0" "$1" >&2; ${wait}`, json, HOSTILE],
    ])
    // Invalid UTF-8, and an escape that would name the window: all of it is the container's.
    const bytes = '\\377\\376raw\\n\\033]0;evil\\007quiet\\nlast\\n'
    // Docker's usual driver, json-file, keeps no bytes that are not UTF-8.
    const driver = engine.kind === 'docker' ? ['--log-driver', 'local'] : []
    const worker = await run([...labels('db'), ...driver], ['sh', '-c', `printf '${bytes}'`])
    const page = await longshore.open('/containers')
    await page.getByRole('button', { name: 'By project' }).click()
    await rowOf(page, project)
      .getByRole('button', { name: `Logs of ${project}` })
      .click()
    const log = logOf(page)

    await eventually(async () => (await inView(page)).length).toBe(5)
    const rows = await inView(page)
    expect(rows.filter((row) => row.startsWith(web))).toHaveLength(2)
    expect(rows.filter((row) => row.startsWith(worker))).toHaveLength(3)
    expect(rows.join('\n')).toContain(HOSTILE)
    expect(rows.find((row) => row.includes('database'))).toMatch(/err.*error.*no <b>database<\/b>/)
    expect(await log.locator('script, img, b').count()).toBe(0)
    expect(await page.title()).not.toContain('evil')

    // All rows are selected with the mouse, and copied as lines.
    const [from, to] = [
      await log.locator('[data-copied]').first().boundingBox(),
      await log.locator('[data-copied]').last().boundingBox(),
    ]
    await page.mouse.move((from?.x ?? 0) + 1, (from?.y ?? 0) + 8)
    await page.mouse.down()
    await page.mouse.move((to?.x ?? 0) + (to?.width ?? 0), (to?.y ?? 0) + 8)
    await page.mouse.up()
    const lines = (await copied(page)).split('\n')
    expect(lines).toHaveLength(5)
    for (const line of [`${web} ${HOSTILE}`, `${worker} quiet`]) expect(lines).toContain(line)

    await log.getByRole('button', { name: 'Unfold' }).click()
    await log.getByText('port: 5432').waitFor()
    await page.getByRole('switch', { name: `Show the lines of ${worker}` }).click()
    await log.getByText('quiet').waitFor({ state: 'detached' })
    await log.getByText('port: 5432').waitFor()

    const folder = mkdtempSync(join(bed.folder, 'e2e-logs-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const file = join(folder, 'worker.log')
    await page.getByRole('button', { name: 'More for this log' }).click()
    await page.getByRole('menuitem', { name: 'Save to a file…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Container').selectOption(worker)
    await dialog.getByLabel('File').fill(file)
    await page.keyboard.press('Enter')
    await dialog.getByText(`Saved the log of ${worker}`).waitFor()
    const expected = Buffer.from('\xff\xferaw\n\x1b]0;evil\x07quiet\nlast\n', 'latin1')
    expect(readFileSync(file)).toEqual(expected)
  })
})
