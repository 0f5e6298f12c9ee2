import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent } from 'vue'
import { useImagesMenu } from '../../../renderer/images/useImagesMenu'
import { useCommandStore } from '../../../renderer/shell/commands'
import { useShellCommands } from '../../../renderer/shell/useShellCommands'
import { useVolumesMenu } from '../../../renderer/volumes/useVolumesMenu'
import { container, image, volume } from './fixtures'
import { collectionOf, mountPage, type Page } from './mountPage'

/** What is on every page, with the menus of two. */
const Everywhere = defineComponent({
  setup() {
    useShellCommands()
    const menus = { images: useImagesMenu()(), volumes: useVolumesMenu()() }
    return { menus }
  },
  template: '<p>{{ JSON.stringify(menus) }}</p>',
})

/** What the palette reads of a network. */
const backend = { id: 'b'.repeat(64), name: 'backend' }

let page: Page
afterEach(() => page.unmount())

const labels = () => useCommandStore().commands.map(({ label }) => label)

async function mountEverywhere(): Promise<void> {
  page = await mountPage(Everywhere, {
    answers: {
      'containers.watch': collectionOf(container('web')),
      'images.watch': collectionOf(image({ references: ['ghcr.io/me/shop:1'] })),
      'volumes.watch': collectionOf(volume('data')),
      'networks.watch': collectionOf(backend),
    },
  })
  await page.settle()
}

describe('the palette, on every page,', () => {
  it('opens every kind of object by its name', async () => {
    await mountEverywhere()
    expect(labels()).toEqual(
      expect.arrayContaining([
        ...['Open web', 'Open ghcr.io/me/shop:1', 'Open data', 'Open backend'],
        'Look into ghcr.io',
      ]),
    )
  })

  it('has what the menus of other pages have', async () => {
    await mountEverywhere()
    const menus = JSON.parse(page.text()) as Record<string, { label: string }[]>
    const items = Object.values(menus).flat()
    expect(items.length).toBeGreaterThan(0)
    for (const { label } of items) expect(labels()).toContain(label)
  })

  it('leaves to a page what the page itself offers', async () => {
    await mountEverywhere()
    expect(labels()).toContain('Create a volume')
    await page.router.push('/volumes')
    expect(labels()).not.toContain('Create a volume')
    expect(labels()).toContain('Create a network')
  })
})
