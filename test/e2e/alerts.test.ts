import { expect, inject, test } from 'vitest'
import { useBrowser, useLongshore } from './browser'
import { maker } from './things'

const bed = inject('bed')
const longshore = useLongshore(useBrowser(), () => bed.docker)
const { run } = maker(bed.docker, bed.busybox)

test('a rule made in the page is raised by a container that burns, and leads to its charts', async () => {
  const name = await run(['--cpus', '0.3'], ['sh', '-c', 'while :; do :; done'])
  const page = await longshore.open('/alerts')
  await page.getByRole('button', { name: 'CPU at its limit' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('For at least').fill('2')
  await form.getByLabel('Unit of time').selectOption('seconds')
  await form.getByLabel('Container names').fill(`${name.slice(0, -2)}*`)
  await form.getByText(`1 container of this engine fits now: ${name}.`).waitFor()
  await form.getByRole('button', { name: 'Add a rule' }).click()
  await form.waitFor({ state: 'detached' })

  const active = page.getByRole('region', { name: 'Active now' })
  await active.getByRole('link', { name }).waitFor()
  await page.getByRole('row', { name: /CPU at its limit.*1 active/ }).waitFor()
  await page.getByRole('link', { name: /Alerts.*1 alert is active/ }).waitFor()
  await page.getByRole('button', { name: 'Show charts' }).click()
  await page.getByRole('complementary', { name }).waitFor()
  expect(await page.getByRole('tab', { selected: true }).textContent()).toBe('Charts')

  await page.getByRole('link', { name: /Alerts/ }).click()
  await page.getByRole('checkbox', { name: 'CPU at its limit is enabled' }).click()
  await active.waitFor({ state: 'detached' })
  await page.getByRole('row', { name: /CPU at its limit.*Off/ }).waitFor()
  const recent = page.getByRole('region', { name: 'Recent' }).getByRole('listitem')
  await recent.filter({ hasText: 'no longer watched' }).waitFor()
  expect(await recent.count()).toBe(2)
})
