import { expect, inject, onTestFinished, test } from 'vitest'
import { engineCli } from '../bed'
import { itemsOf } from '../client'
import { newImage, newImageName } from '../images'
import { ask } from './ask'
import { eventually, useBrowser, useLongshore } from './browser'
import { startGate } from './gate'

const bed = inject('bed')
const host = bed.registries.open.host
const longshore = useLongshore(useBrowser(), () => bed.docker)

test('a pull runs, ends, is looked into, and fails when it is done again without its registry', async () => {
  const cli = engineCli(bed.docker)
  const { api, engineId } = await ask(longshore)
  const pushed = await newImage(bed.docker, `${host}/${newImageName()}`, 2 * 1024 * 1024)
  const push = await api.images.push({ engineId, references: [pushed] })
  await itemsOf(api.jobs.watch(), (all) =>
    all.some(({ id, state }) => id === push.jobId && state === 'succeeded'),
  )
  const gate = await startGate(host)
  const reference = pushed.replace(host, gate.host)
  onTestFinished(async () => {
    await cli(['rmi', '--force', reference, pushed]).catch(() => undefined)
  })
  await cli(['rmi', pushed])

  const page = await longshore.open('/jobs')
  await api.images.pull({ engineId, reference })
  const job = page.getByRole('region', { name: 'Running' }).getByRole('article')
  await job.getByRole('progressbar', { name: `Progress of ${reference}` }).waitFor()
  await page.getByTitle(/^One job is running, \d+% done$/).waitFor()
  const toggle = job.getByRole('button', { name: `Pull ${reference}` })
  await toggle.press('Enter')
  await job.getByText(/0 of [34] done/).waitFor()
  gate.open()

  const ended = page.getByRole('region', { name: 'Ended' }).getByRole('article')
  const pull = ended.filter({ hasText: `Pull${reference}` })
  await pull.locator('header').getByText('Done', { exact: true }).waitFor()
  await pull.getByText('Average speed').waitFor()
  const log = await pull.getByLabel('Log', { exact: true }).textContent()
  expect(log).toContain('Status: Downloaded newer image')
  await page.keyboard.press('ArrowDown')
  expect(await ended.nth(1).getByRole('button', { expanded: false }).first().textContent()).toBe(
    `Push${pushed}`,
  )

  gate.close()
  await cli(['rmi', reference])
  await pull.getByRole('button', { name: 'Do again' }).click()
  const failed = ended.filter({ hasText: 'Failed' })
  await failed.getByText('The engine could not reach the registry.').first().waitFor()
  await page.getByLabel('State').selectOption('failed')
  await eventually(() => ended.count()).toBe(1)
  await eventually(async () => (await api.settings.read()).tables.jobs?.filter).toBe('failed/all')
  await page.reload()
  await eventually(() => ended.count()).toBe(1)
})

test('a failure that nobody saw is marked in the rail until the page of jobs is opened', async () => {
  const { api, engineId } = await ask(longshore)
  const page = await longshore.open('/images')
  const reference = `${host}/nobody/made-this:1`
  await api.images.pull({ engineId, reference })
  await page.getByRole('link', { name: 'Jobs One job failed' }).click()
  await page.getByRole('article').filter({ hasText: reference }).first().waitFor()
  await page.getByTitle('One job failed').waitFor({ state: 'detached' })
})
