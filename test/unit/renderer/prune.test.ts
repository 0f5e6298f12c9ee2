import { afterEach, describe, expect, it } from 'vitest'
import type { LayerSharing } from '../../../preload/contract/layers'
import PruneDialog from '../../../renderer/images/prune/PruneDialog.vue'
import PruneResult from '../../../renderer/images/prune/PruneResult.vue'
import { prunable, readDays } from '../../../renderer/images/prune/criteria'
import { image, imageIdOf } from './fixtures'
import {
  buttonOf,
  collectionOf,
  fieldOf,
  mountPage,
  submitForm,
  typeInto,
  type Page,
} from './mountPage'

const DAY_MILLIS = 24 * 3_600_000
const MIB = 1024 ** 2
const now = Date.now()
const ago = (days: number) => now - days * DAY_MILLIS

const dangling = image({
  ...{ id: imageIdOf('a'), references: [], dangling: true },
  createdAt: ago(1),
})
const old = image({ id: imageIdOf('b'), references: ['ship:1'], createdAt: ago(40) })
const fresh = image({ id: imageIdOf('c'), references: ['boat:1'], createdAt: ago(2) })
const used = image({ id: imageIdOf('d'), references: ['used:1'], usedBy: ['web'], createdAt: 0 })
const usedNameless = image({
  ...{ id: imageIdOf('e'), references: [], dangling: true, usedBy: ['web'] },
  createdAt: 0,
})
const all = [dangling, old, fresh, used, usedNameless]

describe('what a prune takes', () => {
  const take = (criteria: Partial<Parameters<typeof prunable>[1]>) =>
    prunable(all, { scope: 'unused', olderThanDays: null, search: '', ...criteria }, now)

  it('is never what a container uses', () => {
    expect(take({})).toEqual([dangling, old, fresh])
    expect(take({ scope: 'dangling' })).toEqual([dangling])
  })

  it('can be held to an age, to words, and to both with or without names', () => {
    expect(take({ olderThanDays: 30 })).toEqual([old])
    expect(take({ olderThanDays: 1.5 })).toEqual([old, fresh])
    expect(take({ scope: 'dangling', olderThanDays: 30 })).toEqual([])
    expect(take({ search: 'BOAT' })).toEqual([fresh])
    expect(take({ search: 'aaaa' })).toEqual([dangling])
  })

  it('has an age in days, and none where nothing is typed', () => {
    expect(['', ' ', '30', '1,5', '0'].map(readDays)).toEqual([null, null, 30, 1.5, 0])
    expect(['x', '-1', '1e9', '1 2'].map(readDays)).toEqual(Array(4).fill(undefined))
  })
})

/** `a` alone has 2 MiB, `b` and `c` share 3 MiB, `c` and `d` share 5 MiB. */
const sharing: LayerSharing = {
  layers: [
    { chainId: '0', diffId: '0', sizeBytes: 2 * MIB, images: [0] },
    { chainId: '1', diffId: '1', sizeBytes: 3 * MIB, images: [1, 2] },
    { chainId: '2', diffId: '2', sizeBytes: 5 * MIB, images: [2, 3] },
  ],
  images: [[0], [1], [1, 2], [2]].map((layers, at) => ({
    id: all[at]?.id ?? '',
    ...{ layers, sizeBytes: 0, uniqueBytes: 0, sharedBytes: 0 },
  })),
  storedBytes: 10 * MIB,
  savedBytes: 8 * MIB,
}

describe('the prune dialog', () => {
  let page: Page
  afterEach(() => page.unmount())

  const open = async () => {
    page = await mountPage(PruneDialog, {
      props: { open: true },
      answers: {
        'images.watch': collectionOf(...all),
        'prune.start': () => ({ jobId: 'j1' }),
        'layers.sharing': async function* () {
          yield await Promise.resolve({ kind: 'read', sharing })
        },
      },
    })
  }
  const choose = async (scope: string) => {
    const select = document.querySelector('select')
    if (select) select.value = scope
    select?.dispatchEvent(new Event('change'))
    await page.settle()
  }
  const started = () => page.calls.filter(({ path }) => path === 'prune.start')

  it('begins with images that have no name, and tells what they free', async () => {
    await open()
    expect(page.text()).toContain('One image goes.Frees 2.0 MiB.')
    expect(page.text()).not.toContain('ship:1')
    await submitForm(page)
    expect(started()[0]?.input).toEqual({
      engineId: 'e1',
      images: [{ id: dangling.id, references: [] }],
    })
  })

  it('takes exactly what the words and the age leave, and frees no layer that others have', async () => {
    await open()
    await choose('unused')
    expect(page.text()).toContain('3 images go.Frees 5.0 MiB. 5.0 MiB of their layers stay')
    await typeInto(page, fieldOf('Older than, days'), '30')
    expect(page.text()).toContain('One image goes.Frees 0 B. 3.0 MiB of their layers stay')
    await typeInto(page, fieldOf('Older than, days'), '')
    const filter = document.querySelector<HTMLInputElement>('input[aria-label^="Only those"]')
    if (!filter) throw new Error('There is no filter.')
    await typeInto(page, filter, 'boat')
    await submitForm(page)
    expect(started()[0]?.input).toEqual({
      engineId: 'e1',
      images: [{ id: fresh.id, references: ['boat:1'] }],
    })
  })

  it('takes nothing where there is nothing, or the age is no number', async () => {
    await open()
    await typeInto(page, fieldOf('Older than, days'), 'many')
    expect(page.text()).toContain('A number of days')
    expect(page.text()).toContain('No image goes.')
    expect(buttonOf('Remove').disabled).toBe(true)
    await submitForm(page)
    expect(started()).toEqual([])
  })
})

describe('what came of a prune', () => {
  it('tells how much is free again, and what stayed and why', async () => {
    const page = await mountPage(PruneResult, {
      props: {
        result: {
          kind: 'prune',
          removed: 2,
          freedBytes: 7 * MIB,
          kept: [
            { id: old.id, references: ['ship:1'], reason: 'in-use', detail: 'web' },
            { id: dangling.id, references: [], reason: 'renamed', detail: 'new:1' },
          ],
        },
      },
    })
    for (const part of [
      '2 images were removed, 7.0 MiB are free again.',
      '2 images stayed:',
      'A container uses it now: web',
      'Its names have changed: new:1',
    ]) {
      expect(page.text()).toContain(part)
    }
    page.unmount()
  })
})
