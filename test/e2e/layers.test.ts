import { expect, inject, test } from 'vitest'
import { newImageName } from '../images'
import { buildImage } from '../builtImage'
import { useBrowser, useLongshore } from './browser'

const bed = inject('bed')
const browser = useBrowser()
const longshore = useLongshore(browser, () => bed.docker)

/** An image that writes a file twice and removes another, on the bed's busybox. */
async function wasteful(): Promise<string> {
  const reference = `localhost/${newImageName()}:1`
  await buildImage(bed.docker, reference, [
    `FROM ${bed.busybox}`,
    'RUN dd if=/dev/urandom of=/big bs=1024 count=300 && echo one > /gone',
    'RUN dd if=/dev/urandom of=/big bs=1024 count=300 && rm /gone',
  ])
  return reference
}

test("an image's layers and files are looked into, and what it adds by itself is told", async () => {
  const reference = await wasteful()
  const page = await longshore.open('/images')
  const [repository = ''] = reference.split(':')
  await page.getByText(repository).first().click()
  await page.getByRole('tab', { name: 'Layers' }).click()
  await page.getByText('rm /gone').waitFor()
  await page.getByText('Also in').first().waitFor()

  await page.getByRole('tab', { name: 'Files' }).click()
  await page.getByRole('button', { name: 'Look into the layers' }).click()
  await page.getByRole('tree').waitFor()
  await page.getByText('/big').first().waitFor()
  expect(await page.getByRole('treeitem', { name: /big/ }).count()).toBeGreaterThan(0)

  await page.getByRole('button', { name: 'Close' }).first().click()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('disk map')
  await page.keyboard.press('Enter')
  await page.getByText('All images together take').waitFor()
  await page
    .getByRole('row', { name: new RegExp(repository) })
    .getByRole('checkbox')
    .click()
  // Both versions of the file, which no other image has.
  await page.getByText(/One image chosen: removing it frees 60\d\.\d KiB/).waitFor()
})
