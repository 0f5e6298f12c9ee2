import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LayerSharing } from '../../../preload/contract/layers'
import SharingPage from '../../../renderer/layers/sharing/SharingPage.vue'
import { image, imageIdOf } from './fixtures'
import { collectionOf, mountPage, TestStream, type Page } from './mountPage'

let page: Page
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(400)
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(900)
})
afterEach(() => {
  page.unmount()
  vi.restoreAllMocks()
})

const MiB = 1024 ** 2
/** Two images on a layer of 3 MiB, with 1 and 2 MiB of their own. */
const sharing: LayerSharing = {
  layers: [
    { chainId: 'base', diffId: 'base', sizeBytes: 3 * MiB, images: [0, 1] },
    { chainId: 'one', diffId: 'one', sizeBytes: MiB, images: [0] },
    { chainId: 'two', diffId: 'two', sizeBytes: 2 * MiB, images: [1] },
  ],
  images: [
    {
      id: imageIdOf('a'),
      sizeBytes: 4 * MiB,
      uniqueBytes: MiB,
      sharedBytes: 3 * MiB,
      layers: [0, 1],
    },
    {
      id: imageIdOf('b'),
      sizeBytes: 5 * MiB,
      uniqueBytes: 2 * MiB,
      sharedBytes: 3 * MiB,
      layers: [0, 2],
    },
  ],
  storedBytes: 6 * MiB,
  savedBytes: 3 * MiB,
}

describe('the disk map', () => {
  it('tells how far it is, then what is stored once and what removing the chosen images frees', async () => {
    const stream = new TestStream<unknown>()
    page = await mountPage(SharingPage, {
      answers: {
        'images.watch': collectionOf(
          image({ id: imageIdOf('a'), references: ['one:1'] }),
          image({ id: imageIdOf('b'), references: ['two:1'] }),
        ),
        'layers.sharing': (_input, signal) => stream.open(signal),
      },
    })
    stream.send({ kind: 'reading', images: 1, totalImages: 2 })
    await page.settle()
    expect(page.text()).toContain('1 of 2 images read')
    stream.send({ kind: 'read', sharing })
    await page.settle()
    expect(page.text()).toContain('All images together take 6.0 MiB')
    expect(page.text()).toContain('they would take 3.0 MiB more')
    expect(page.text()).not.toContain('images read')

    const boxes = () => [
      ...document.querySelectorAll<HTMLElement>(
        '[role="row"] [role="checkbox"], [role="row"] input[type="checkbox"]',
      ),
    ]
    boxes()[1]?.click()
    await page.settle()
    expect(page.text()).toMatch(/One image chosen: removing it frees [12]\.0 MiB/)
    boxes()[2]?.click()
    await page.settle()
    expect(page.text()).toContain('2 images chosen: removing them frees 6.0 MiB')
  })
})
