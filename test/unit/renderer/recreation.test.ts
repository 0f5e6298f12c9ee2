import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import { ORPCError } from '@orpc/client'
import type { RecreationPlan } from '../../../preload/contract/recreation'
import RecreationDialog from '../../../renderer/containers/recreation/RecreationDialog.vue'
import RecreationSections from '../../../renderer/containers/recreation/RecreationSections.vue'
import { filterContainers } from '../../../renderer/containers/filter'
import ConfirmHost from '../../../renderer/ui/ConfirmHost.vue'
import ToastHost from '../../../renderer/ui/ToastHost.vue'
import { container, image, imageIdOf } from './fixtures'
import { buttonOf, collectionOf, mountPage, submitForm, type Answers, type Page } from './mountPage'

let page: Page
afterEach(() => page.unmount())

const old = imageIdOf('a')
const newer = imageIdOf('b')
const web = container('web', { image: 'nginx:1', imageId: old, newerImageId: newer, createdAt: 5 })

function planOf(changes: Partial<RecreationPlan> = {}): RecreationPlan {
  return {
    reference: 'nginx:1',
    oldImage: { id: old, createdAt: null },
    newImage: { id: newer, createdAt: null },
    running: true,
    stopSeconds: 10,
    keptName: 'web-before-1',
    changes: [
      { field: 'command', name: '', before: 'serve', after: 'serve --fast', overridden: false },
      { field: 'environment', name: 'MODE', before: 'a', after: 'b', overridden: true },
    ],
    kept: { environment: ['OWN'], mounts: ['data → /data'], networks: ['front'], ports: [] },
    dependents: [],
    untoldAddresses: [],
    keptRestarts: false,
    obstacle: null,
    ...changes,
  }
}

async function open(answers: Answers = {}, shown = web): Promise<void> {
  const whole = defineComponent(() => () => [
    h(RecreationSections as never, { container: shown }),
    h(RecreationDialog as never),
    h(ConfirmHost as never),
    h(ToastHost as never),
  ])
  page = await mountPage(whole, {
    answers: {
      'containers.watch': collectionOf(shown),
      'images.watch': collectionOf(image({ id: old }), image({ id: newer })),
      'containers.recreation': () => planOf(),
      'containers.recreate': () => ({ id: 'new', keptId: 'web' }),
      'containers.undoRecreation': () => undefined,
      ...answers,
    },
  })
  await page.settle()
}

async function openDialog(answers: Answers = {}): Promise<void> {
  await open(answers)
  buttonOf('Recreate with the new image…').click()
  await page.settle()
}

const callsOf = (path: string) => page.calls.filter((call) => call.path === path)

describe('recreating a container', () => {
  it('says what is stopped, what stays and what changes, before anything is done', async () => {
    await openDialog()
    const text = page.text()
    expect(text).toContain('up to 10 seconds')
    expect(text).toContain('stays, stopped, as web-before-1')
    expect(text).toContain('serve → serve --fast')
    expect(text).toContain('a → b (not for this container, which has its own)')
    expect(text).toContain('data → /data')
    expect(callsOf('containers.recreate')).toEqual([])
  })

  it('is done when it is asked for, and can be undone from the toast', async () => {
    await openDialog()
    await submitForm(page)
    expect(callsOf('containers.recreate')[0]?.input).toMatchObject({ id: 'web' })
    expect(page.text()).toContain('web was made again from the new image.')
    buttonOf('Undo').click()
    await page.settle()
    expect(callsOf('containers.undoRecreation')[0]?.input).toEqual({
      engineId: 'e1',
      id: 'new',
      keptId: 'web',
    })
    expect(page.text()).toContain('web is back as it was.')
  })

  it('leaves the dialog open with what failed and how things stand', async () => {
    await openDialog({
      'containers.recreate': () => {
        throw new ORPCError('engine-error', {
          defined: true,
          message: 'The new container could not be started.',
          data: { hint: 'The old container is back under its name and runs.' },
        })
      },
    })
    await submitForm(page)
    expect(page.text()).toContain('The new container could not be started.')
    expect(page.text()).toContain('The old container is back under its name and runs.')
    expect(buttonOf('Recreate').disabled).toBe(false)
  })

  it('is not offered where there would be no way back', async () => {
    await openDialog({ 'containers.recreation': () => planOf({ obstacle: 'auto-remove' }) })
    expect(page.text()).toContain('there would be no way back')
    expect(() => buttonOf('Recreate')).toThrow()
  })

  it('asks whether addresses are kept that the engine does not tell to be chosen', async () => {
    await openDialog({
      'containers.recreation': () =>
        planOf({ untoldAddresses: [{ network: 'front', address: '10.0.0.9' }] }),
    })
    const box = document.querySelector<HTMLInputElement>('input[type=checkbox]')
    expect(box?.checked).toBe(true)
    box?.click()
    await submitForm(page)
    expect(callsOf('containers.recreate')[0]?.input).toMatchObject({ keepAddresses: false })
  })
})

describe('a container that was recreated', () => {
  const now = container('new', { name: 'web', createdAt: 9 })
  const before = container('web', { name: 'web-before-2', state: 'exited', createdAt: 5 })
  const older = container('older', { name: 'web-before-1', state: 'exited', createdAt: 1 })

  it('offers the way back to the latest one that is kept, and asks first', async () => {
    await open({ 'containers.watch': collectionOf(now, older, before) }, now)
    expect(page.text()).toContain('web-before-2 is this container as it was')
    buttonOf('Go back to it…').click()
    await page.settle()
    expect(callsOf('containers.undoRecreation')).toEqual([])
    buttonOf('Go back').click()
    await page.settle()
    expect(callsOf('containers.undoRecreation')[0]?.input).toMatchObject({ keptId: 'web' })
  })

  it('removes the old one without its volumes, which the new one uses', async () => {
    await open(
      {
        'containers.watch': collectionOf(now, before),
        'containers.remove': () => ({ outcomes: [{ id: 'web', changed: true }] }),
      },
      now,
    )
    buttonOf('Remove the old container…').click()
    await page.settle()
    buttonOf('Remove').click()
    await page.settle()
    expect(callsOf('containers.remove')[0]?.input).toEqual({ engineId: 'e1', ids: ['web'] })
    expect(page.text()).toContain('web-before-2 was removed.')
  })

  it('offers nothing while the other one runs', async () => {
    await open(
      {
        'containers.watch': collectionOf(
          now,
          container('web', { name: 'web-before-2', state: 'running', createdAt: 5 }),
        ),
      },
      now,
    )
    expect(page.text()).not.toContain('The container before')
  })
})

describe('the list', () => {
  it('can be filtered by containers with a newer image', async () => {
    await open()
    expect(filterContainers([web, container('db')], 'outdated', '')).toEqual([web])
  })
})
