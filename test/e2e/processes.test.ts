import { describe, inject, test } from 'vitest'
import { engineCli } from '../bed'
import { newContainer } from '../networks'
import { useBrowser, useLongshore } from './browser'

const bed = inject('bed')
const browser = useBrowser()

describe.each(bed.engines)('processes on $kind', (engine) => {
  const longshore = useLongshore(browser, () => engine)

  test('are shown live; one is ended by a signal, and the first only after a question', async () => {
    const { id, name } = await newContainer(engine, { busybox: bed.busybox })
    const page = await longshore.open(`/containers/${id}?tab=processes`)
    const rows = page.getByRole('table', { name: 'Processes' }).getByRole('row')
    await rows.filter({ hasText: 'sleep 1000' }).waitFor()
    await engineCli(engine)(['exec', '--detach', name, 'sleep', '777'])
    const other = rows.filter({ hasText: 'sleep 777' })
    await other.getByRole('button', { name: /^Send a signal/ }).click()
    await page.getByRole('menuitem', { name: /^KILL/ }).click()
    await other.waitFor({ state: 'detached' })

    await rows
      .filter({ hasText: 'sleep 1000' })
      .getByRole('button', { name: 'Send a signal to 1', exact: true })
      .click()
    await page.getByRole('menuitem', { name: /^KILL/ }).click()
    const question = page.getByRole('dialog', { name: 'Send KILL to the first process?' })
    await question.getByText(/exit code 137/).waitFor()
    await question.getByRole('button', { name: 'Send KILL' }).click()
    await page.getByText(/The container does not run, so it has no processes/).waitFor()
  })
})
