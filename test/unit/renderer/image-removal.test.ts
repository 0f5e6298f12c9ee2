import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import { useRemoveImages } from '../../../renderer/images/useRemoveImages'
import ConfirmHost from '../../../renderer/ui/ConfirmHost.vue'
import ToastHost from '../../../renderer/ui/ToastHost.vue'
import type { Image } from '../../../preload/contract/images'
import type { LayerSharing } from '../../../preload/contract/layers'
import { container, image, imageIdOf } from './fixtures'
import { buttonOf, collectionOf, mountPage, type Answers, type Page } from './mountPage'

const MIB = 1024 ** 2

let page: Page
afterEach(() => page.unmount())

/** A page that can remove images, and shows what is asked and told on the way. */
async function removing(images: Image[], answers: Answers = {}) {
  let remove: (images: readonly Image[]) => Promise<void> = () => Promise.resolve()
  const component = defineComponent(() => {
    remove = useRemoveImages()
    return () => [h(ConfirmHost), h(ToastHost)]
  })
  page = await mountPage(component, { answers })
  const done = remove(images)
  await page.settle()
  return { done }
}

describe('removing images', () => {
  it('asks with every name that goes, and removes when told to', async () => {
    const { done } = await removing(
      [
        image({ references: ['a:1', 'a:2'] }),
        image({ id: imageIdOf('b'), references: [], dangling: true }),
      ],
      {
        'images.remove': () => ({
          outcomes: [
            { id: imageIdOf('a'), changed: true },
            {
              id: imageIdOf('b'),
              changed: false,
              problem: { code: 'conflict', message: 'A container uses it.' },
            },
          ],
        }),
      },
    )
    for (const part of ['Remove 2 images?', '200.0 MiB', 'a:1', 'a:2', '<none> bbbbbbbbbbbb']) {
      expect(page.text()).toContain(part)
    }
    buttonOf('Remove').click()
    await done
    await page.settle()
    expect(page.calls).toContainEqual({
      path: 'images.remove',
      input: { engineId: 'e1', ids: [imageIdOf('a'), imageIdOf('b')] },
    })
    expect(page.text()).toContain('Removed a:1')
    expect(page.text()).toContain('bbbbbbbbbbbb: A container uses it.')
  })

  it('tells exactly what is freed, and what stays because other images have it', async () => {
    const layer = (sizeBytes: number, images: number[]) => ({
      ...{ chainId: `chain-${sizeBytes}`, diffId: `diff-${sizeBytes}` },
      ...{ sizeBytes, images },
    })
    const counted = { sizeBytes: 0, uniqueBytes: 0, sharedBytes: 0 }
    const sharing: LayerSharing = {
      layers: [layer(3 * MIB, [0, 1]), layer(5 * MIB, [0, 1, 2]), layer(7 * MIB, [2])],
      images: ['a', 'b', 'c'].map((digit) => ({ id: imageIdOf(digit), layers: [], ...counted })),
      storedBytes: 15 * MIB,
      savedBytes: 13 * MIB,
    }
    for (const [at, layers] of [
      [0, 1],
      [0, 1],
      [1, 2],
    ].entries()) {
      const one = sharing.images[at]
      if (one) one.layers = layers
    }
    await removing([image(), image({ id: imageIdOf('b') })], {
      'layers.sharing': async function* () {
        yield { kind: 'reading', images: 0, totalImages: 3 }
        yield await Promise.resolve({ kind: 'read', sharing })
      },
    })
    expect(page.text()).toContain('Frees 3.0 MiB; 5.0 MiB of their layers stay')
  })

  it('removes nothing that a container uses, stopped or not, and leads to the containers', async () => {
    const { done } = await removing([image({ usedBy: ['web'] })], {
      'containers.watch': collectionOf(container('web', { state: 'exited' })),
    })
    expect(page.text()).toContain('nginx:latest is in use')
    expect(page.text()).toContain('used by web')
    buttonOf('Show the containers').click()
    await done
    expect(page.calls.map(({ path }) => path)).not.toContain('images.remove')
    expect(page.router.currentRoute.value.fullPath).toContain('tab=usedBy')
  })

  it('leaves out what is in use where some can go', async () => {
    const { done } = await removing(
      [image({ usedBy: ['web'] }), image({ id: imageIdOf('b'), references: ['b:1'] })],
      {
        'containers.watch': collectionOf(container('web')),
        'images.remove': () => ({ outcomes: [{ id: imageIdOf('b'), changed: true }] }),
      },
    )
    expect(page.text()).toContain('Remove b:1?')
    expect(page.text()).toContain('One stays, because a container uses it: nginx:latest')
    buttonOf('Remove').click()
    await done
    expect(page.calls).toContainEqual({
      path: 'images.remove',
      input: { engineId: 'e1', ids: [imageIdOf('b')] },
    })
  })
})
