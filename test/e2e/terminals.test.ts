import type { Page } from 'playwright-core'
import { describe, expect, inject, test } from 'vitest'
import { waitFor } from '../bed'
import { eventually, useBrowser, useLongshore } from './browser'
import { maker } from './things'

const bed = inject('bed')
const browser = useBrowser()

describe('terminals in a browser', () => {
  const engine = bed.docker
  const longshore = useLongshore(browser, () => engine, {
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const { cli, run, idOf } = maker(engine, bed.busybox)

  const rows = (page: Page) => page.locator('.xterm-rows')
  const textOf = async (page: Page) => (await rows(page).innerText()).replaceAll('\u00a0', ' ')
  const screen = (page: Page) => eventually(() => textOf(page))

  /** Clicks on a line that is a link, once the terminal has seen that it is one. */
  async function clickLink(page: Page, line: string) {
    const at = rows(page).locator('div').getByText(line, { exact: true }).last()
    // The screen is drawn anew at any moment.
    const box = await waitFor(`the line "${line}"`, () => at.boundingBox())
    await page.mouse.move(box.x + 12, box.y + box.height / 2)
    await page.locator('.xterm-cursor-pointer').waitFor()
    await page.mouse.click(box.x + 12, box.y + box.height / 2)
  }

  /** A page on a container's terminals with a shell in it. */
  async function openShell() {
    const name = await run()
    const id = await idOf(name)
    const page = await longshore.open(`/containers/${id}?tab=terminal`)
    await page.getByRole('button', { name: 'Open a terminal' }).click()
    await screen(page).toContain('/ #')
    return { name, id, page }
  }

  test('a shell is typed into, left, come back to and reloaded; several stand in tabs; one ends and is begun again', async () => {
    const { name, page } = await openShell()
    await page.keyboard.type('cd /www && stty size && echo $((6*7))-here\n')
    await screen(page).toContain('42-here')
    const narrow = /(\d+) (\d+)/.exec(await textOf(page))

    await page.getByRole('button', { name: 'Use the whole page' }).click()
    await page.getByRole('heading', { name: `Terminals of ${name}` }).waitFor()
    await screen(page).toContain('42-here')
    await page.keyboard.type('stty size | tr " " x\n')
    await eventually(async () => {
      const [, columns = '0'] = /\d+x(\d+)/.exec(await rows(page).innerText()) ?? []
      return Number(columns)
    }).toBeGreaterThan(Number(narrow?.[2]))

    await page.reload()
    await screen(page).toContain('42-here')
    await page.keyboard.type('pwd\n')
    await screen(page).toMatch(/^\/www$/m)

    await page.getByRole('button', { name: 'New terminal' }).click()
    await page.getByRole('menuitem', { name: 'Another user or command…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Command').fill(`sh -c "id -un; echo 'a  b'; exit 3`)
    await dialog.getByText('A quote is not closed.').waitFor()
    const command = `sh -c "id -un; echo 'a  b'; cat /proc/sys/kernel/random/uuid; exit 3"`
    await dialog.getByLabel('Command').fill(command)
    await dialog.getByLabel('User').fill('nobody')
    await page.keyboard.press('Enter')
    await page.getByText('Ended with exit code 3.').waitFor()
    await screen(page).toMatch(/nobody\na {2}b/)
    await page.getByRole('tab', { name: 'sh (nobody)', selected: true }).waitFor()

    // The keyboard gets out: to the tabs, and from one to the next.
    await page.getByRole('button', { name: 'Again' }).focus()
    await page.getByRole('textbox', { name: 'Input of the terminal' }).focus()
    await page.keyboard.press('Control+F6')
    await page.keyboard.press('ArrowLeft')
    await screen(page).toContain('42-here')
    await page.keyboard.press('ArrowRight')
    const uuid = async () => /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(await textOf(page))?.[0] ?? null
    await eventually(uuid).not.toBeNull()
    const before = await uuid()
    await page.getByRole('button', { name: 'Again' }).click()
    // The old one goes when the new one stands.
    await waitFor('another run', async () => ![null, before].includes(await uuid()))
    await eventually(() => page.getByRole('tab').count()).toBe(2)
    await page.getByText('Ended with exit code 3.').waitFor()
    await page.getByRole('button', { name: 'Close sh (nobody)' }).click()
    await eventually(() => page.getByRole('tab').count()).toBe(1)

    // From anywhere to a terminal that is open.
    await page.goto(`${new URL(page.url()).origin}/#/images`)
    await page.keyboard.press('Control+k')
    await page.keyboard.type('terminal sh')
    await page.getByRole('option', { name: `Go to the terminal sh of ${name}` }).click()
    await screen(page).toContain('42-here')
  })

  test('search, links and pastes are in the hands of the person; hostile output does nothing', async () => {
    const { page } = await openShell()
    await page.evaluate(() => navigator.clipboard.writeText('untouched'))
    const hostile = String.raw`printf '\033]52;c;aGFja2Vk\007\033]2;<b>title</b>\007\033[21t\033[?1049h\033[?1049lneedle Needle\nhttps://example.com/a?b=c\n\033]8;;https://example.org/there\033\\here\033]8;;\033\\\n\033]8;;file:///etc/passwd\033\\trap\033]8;;\033\\\n'`
    await page.keyboard.type(`${hostile}; echo done-$((1+1))\n`)
    await screen(page).toContain('done-2')
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('untouched')
    // No answer to what its title is came back as typing.
    expect(await textOf(page)).toMatch(/done-2\n\/ #\s*$/)

    await page.keyboard.press('Control+Shift+F')
    await page.getByRole('searchbox', { name: 'Search the screen' }).fill('needle')
    await page.getByText(/^\d of 4$/).waitFor()
    await page.getByRole('button', { name: 'Upper and lower case' }).click()
    await page.getByText(/^\d of 2$/).waitFor()
    await page.keyboard.press('Escape')

    const popups: string[] = []
    page.context().on('page', (opened) => popups.push(opened.url()))
    await clickLink(page, 'https://example.com/a?b=c')
    const confirm = page.getByRole('dialog', { name: 'Open this address in the browser?' })
    await confirm.getByText('https://example.com/a?b=c').waitFor()
    await confirm.getByRole('button', { name: 'Cancel' }).click()
    // What is read is where it leads, not what the program calls it.
    await clickLink(page, 'here')
    await confirm.getByText('https://example.org/there').waitFor()
    await confirm.getByRole('button', { name: 'Cancel' }).click()
    expect(popups).toEqual([])

    await page.evaluate(() => navigator.clipboard.writeText('echo one\u001b[31m\necho two\n'))
    await page.getByRole('textbox', { name: 'Input of the terminal' }).focus()
    await page.keyboard.press('Control+Shift+V')
    const paste = page.getByRole('dialog', { name: 'Paste 2 lines?' })
    await paste.getByText('echo two').waitFor()
    await paste.getByRole('button', { name: 'Paste' }).click()
    await screen(page).toMatch(/^one\[31m\n(.*\n)?two$/m)

    // The page's own keys are the program's here: neither Escape nor Delete reaches the page.
    await page.keyboard.press('Escape')
    await page.keyboard.press('Delete')
    await rows(page).waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  test('a flood of output leaves the page usable and is all there', async () => {
    const { page } = await openShell()
    await page.keyboard.type('yes 0123456789 | head -n 400000; echo flood-$((1+1))\n')
    await page.getByRole('tab', { name: 'Overview' }).click()
    await page.getByText('Restart policy').waitFor()
    await page.getByRole('tab', { name: 'Terminal' }).click()
    await screen(page).toContain('flood-2')
  })

  test('a container without a shell says so and offers a debug shell, which remembers its image', async () => {
    const name = await run([], ['sleep', '1000'])
    const id = await idOf(name)
    await cli(['exec', name, 'rm', '/bin/sh'])
    const page = await longshore.open(`/containers/${id}?tab=terminal`)
    await page.getByRole('heading', { name: 'This container has no shell' }).waitFor()
    await page.getByRole('button', { name: 'Debug shell…' }).click()
    const dialog = page.getByRole('dialog', { name: `Debug ${name}` })
    await dialog.getByLabel('Image of the shell').fill('nicolaka/netshoot')
    await dialog.getByText('The engine does not have this image yet.').waitFor()
    await dialog.getByLabel('Image of the shell').fill(bed.busybox)
    await dialog.getByRole('button', { name: 'Open the shell' }).click()
    await page.getByText(`The files of ${name} are at /proc/1/root.`, { exact: false }).waitFor()
    await page.keyboard.type('ls /proc/1/root/bin/sh; echo looked\n')
    await screen(page).toMatch(/No such file[^\n]*\nlooked/)
    await page.getByRole('button', { name: 'Close debug (busybox)' }).click()
    await page.getByRole('heading', { name: 'This container has no shell' }).waitFor()
    await eventually(() => cli(['ps', '-aq', '--filter', `label=longshore.debug=${id}`])).toBe('')
  })
})
