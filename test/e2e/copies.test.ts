import { expect, inject, test } from 'vitest'
import { newImageName } from '../images'
import { putIndex } from '../registryContent'
import { useBrowser, useLongshore } from './browser'

const bed = inject('bed')
const { host } = bed.registries.open
const browser = useBrowser()
const longshore = useLongshore(browser, () => bed.docker)

const platforms = ['linux/amd64', 'linux/arm64/v8']

test('the pull dialog tells what a name stands for before it is pulled', async () => {
  const repository = newImageName()
  const { index } = await putIndex(host, repository, '1', platforms)
  const page = await longshore.open('/images')
  await page.getByRole('button', { name: 'Pull an image' }).first().click()
  await page.getByLabel('Image', { exact: true }).fill(`${host}/${repository}:1`)
  await page.getByText(index.digest).waitFor()
  const offered = page.getByLabel('Platform').locator('option')
  expect(await offered.allTextContents()).toEqual(platforms)
  await page.getByText('The name is new here').waitFor()
})

test('an image is copied from the palette, with all its platforms and the same digest', async () => {
  const repository = newImageName()
  const { index } = await putIndex(host, repository, '1', platforms)
  const page = await longshore.open('/images')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('copy between')
  await page.keyboard.press('Enter')
  await page.getByLabel('From').fill(`${host}/${repository}:1`)
  await page.getByLabel('To', { exact: true }).fill(`${host}/elsewhere/${repository}:1`)
  await page.getByLabel('What to copy').waitFor()
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await page.getByText(`Copied ${host}/${repository}:1`).first().waitFor()
  await page.getByText(index.digest).waitFor()
  const copy = await fetch(`http://${host}/v2/elsewhere/${repository}/manifests/1`, {
    headers: { accept: index.mediaType },
  })
  expect(copy.headers.get('docker-content-digest')).toBe(index.digest)
})
