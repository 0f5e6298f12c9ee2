import { ORPCError } from '@orpc/client'
import { afterEach, describe, expect, it, vi } from 'vitest'
import PullDialog from '../../../renderer/images/dialogs/PullDialog.vue'
import PushDialog from '../../../renderer/images/dialogs/PushDialog.vue'
import RenameDialog from '../../../renderer/images/dialogs/RenameDialog.vue'
import TagDialog from '../../../renderer/images/dialogs/TagDialog.vue'
import UntagDialog from '../../../renderer/images/dialogs/UntagDialog.vue'
import { image, imageIdOf, job } from './fixtures'
import {
  buttonOf,
  collectionOf,
  fieldOf,
  mountPage,
  submitForm,
  TestStream,
  typeInto,
  type Answers,
  type Page,
} from './mountPage'

let page: Page
afterEach(() => page.unmount())

const type = (label: string, value: string) => typeInto(page, fieldOf(label), value)
const submit = () => submitForm(page)
const callsTo = (path: string) => page.calls.filter((call) => call.path === path)

describe('pulling', () => {
  const open = async (answers: Answers = {}) => {
    page = await mountPage(PullDialog, { props: { open: true, reference: '' }, answers })
  }

  it('shows the full name that it will pull, and refuses what is no name', async () => {
    await open()
    await type('Image', ' nginx ')
    expect(page.text()).toContain('docker.io/library/nginx:latest')
    expect(buttonOf('Pull').disabled).toBe(false)
    await type('Image', 'NGINX')
    expect(page.text()).toContain('lower-case letters only')
    expect(buttonOf('Pull').disabled).toBe(true)
  })

  it('says whether the registry knows the person', async () => {
    await open({
      'registries.list': () => ({
        registries: [{ host: 'ghcr.io', username: 'me', source: 'docker-config', helper: null }],
        protection: 'key-store',
        warnings: [],
      }),
    })
    await type('Image', 'ghcr.io/me/app')
    expect(page.text()).toContain('Logged in to ghcr.io as me.')
    await type('Image', 'quay.io/me/app')
    expect(page.text()).toContain('Not logged in to quay.io')
  })

  it('shows progress, speed and rest of time, can be cancelled, and ends with the digest', async () => {
    const jobs = new TestStream<unknown>()
    jobs.send({ kind: 'snapshot', items: [] })
    await open({
      'images.pull': () => ({ jobId: 'j1' }),
      'jobs.watch': (_input, signal) => jobs.open(signal),
      'jobs.cancel': () => undefined,
    })
    await type('Image', 'nginx')
    await submit()
    expect(callsTo('images.pull')[0]?.input).toEqual({
      engineId: 'e1',
      reference: 'docker.io/library/nginx:latest',
    })

    const running = job({
      currentBytes: 1024 ** 2,
      totalBytes: 4 * 1024 ** 2,
      bytesPerSecond: 2 * 1024 ** 2,
      etaSeconds: 90,
      steps: [
        { id: 'aaa', phase: 'done', status: '', currentBytes: 1, totalBytes: 1 },
        { id: 'bbb', phase: 'downloading', status: '', currentBytes: 0, totalBytes: null },
      ],
    })
    jobs.send({ kind: 'patch', upsert: [running], remove: [] })
    await page.settle()
    for (const part of ['1.0 MiB of 4.0 MiB', '2.0 MiB/s', '1 min 30 s left', '1 of 2 done']) {
      expect(page.text()).toContain(part)
    }
    buttonOf('Cancel the pull').click()
    await page.settle()
    expect(callsTo('jobs.cancel')).toHaveLength(1)

    const ended = { ...running, state: 'succeeded' as const, endedAt: 1, digest: 'sha256:d1' }
    jobs.send({ kind: 'patch', upsert: [ended], remove: [] })
    await page.settle()
    expect(page.text()).toContain('Pulled nginx:latest')
    expect(page.text()).toContain('sha256:d1')
    expect(page.text()).not.toContain('Cancel the pull')
  })

  it('tells beforehand what travels and what the name means now, for the platform that is chosen', async () => {
    const layers = [
      { digest: 'sha256:aa', sizeBytes: 3 * 1024 ** 2, here: true },
      { digest: 'sha256:bb', sizeBytes: 1024 ** 2, here: false },
    ]
    await open({
      'images.pull': () => ({ jobId: 'j1' }),
      'images.planPull': (input) => ({
        reference: 'docker.io/library/nginx:latest',
        digest: 'sha256:index',
        platforms: ['linux/amd64', 'linux/arm64/v8'],
        platform: (input as { platform?: string }).platform ?? 'linux/amd64',
        imageId: imageIdOf('b'),
        presentImageId: imageIdOf('a'),
        layers,
        sizeBytes: 4 * 1024 ** 2,
        travelBytes: 1024 ** 2,
      }),
    })
    await type('Image', 'nginx')
    await vi.waitFor(() => expect(page.text()).toContain('1.0 MiB in one layer'))
    for (const part of ['4.0 MiB compressed, in 2 layers', 'The name means aaaaaaaaaaaa']) {
      expect(page.text()).toContain(part)
    }
    const platform = document.querySelector('select')
    expect(platform?.value).toBe('linux/amd64')
    if (platform) platform.value = 'linux/arm64/v8'
    platform?.dispatchEvent(new Event('change'))
    await vi.waitFor(() =>
      expect(callsTo('images.planPull').at(-1)?.input).toMatchObject({
        platform: 'linux/arm64/v8',
      }),
    )
    await submit()
    expect(callsTo('images.pull')[0]?.input).toMatchObject({ platform: 'linux/arm64/v8' })
  })

  it('can begin though the registry did not tell what it would bring', async () => {
    await open({
      'images.pull': () => ({ jobId: 'j1' }),
      'images.planPull': () => {
        throw new ORPCError('unauthorized', { defined: true, message: 'ghcr.io wants a login.' })
      },
    })
    await type('Image', 'ghcr.io/me/app')
    await vi.waitFor(() => expect(page.text()).toContain('ghcr.io wants a login.'))
    expect(buttonOf('Pull').disabled).toBe(false)
  })

  it('says what the name meant before', async () => {
    const done = job({
      state: 'succeeded',
      endedAt: 1,
      result: {
        kind: 'pull',
        imageId: imageIdOf('b'),
        formerImageId: imageIdOf('a'),
        change: { keptLayers: 3, newLayers: 1 },
      },
    })
    await open({ 'images.pull': () => ({ jobId: 'j1' }), 'jobs.watch': collectionOf(done) })
    await type('Image', 'nginx')
    await submit()
    expect(page.text()).toContain('meant aaaaaaaaaaaa before and means bbbbbbbbbbbb now')
    expect(page.text()).toContain('3 layers are the same, one is new.')
  })

  it('that fails says why and can be tried again with the name still there', async () => {
    const failed = job({
      state: 'failed',
      endedAt: 1,
      problem: { code: 'not-found', message: 'There is no such image.' },
    })
    await open({ 'images.pull': () => ({ jobId: 'j1' }), 'jobs.watch': collectionOf(failed) })
    await type('Image', 'nginx')
    await submit()
    expect(page.text()).toContain('There is no such image.')
    buttonOf('Try again').click()
    await page.settle()
    expect(fieldOf('Image').value).toBe('nginx')
  })
})

describe('pushing under a new name', () => {
  it('gives the image that name first', async () => {
    page = await mountPage(PushDialog, {
      props: { open: true, image: image({ references: [] }) },
      answers: { 'images.tag': () => undefined, 'images.push': () => ({ jobId: 'j1' }) },
    })
    await type('New name', 'localhost:5000/app:2')
    await submit()
    const reference = 'localhost:5000/app:2'
    expect(page.calls.filter(({ path }) => path.startsWith('images.'))).toEqual([
      { path: 'images.tag', input: { engineId: 'e1', id: imageIdOf('a'), reference } },
      { path: 'images.push', input: { engineId: 'e1', references: [reference] } },
    ])
  })
})

describe('pushing an image with several names in a repository', () => {
  it('offers all of them together', async () => {
    const references = ['ghcr.io/me/app:1', 'ghcr.io/me/app:latest', 'other/app:1']
    page = await mountPage(PushDialog, {
      props: { open: true, image: image({ references }) },
      answers: { 'images.push': () => ({ jobId: 'j1' }) },
    })
    const choice = document.querySelector('select')
    expect([...(choice?.options ?? [])].map(({ text }) => text)).toEqual([
      ...references,
      'All 2 tags of ghcr.io/me/app',
      'Another name…',
    ])
    if (choice) choice.value = 'ghcr.io/me/app'
    choice?.dispatchEvent(new Event('change'))
    await page.settle()
    await submit()
    expect(callsTo('images.push')[0]?.input).toEqual({
      engineId: 'e1',
      references: ['ghcr.io/me/app:1', 'ghcr.io/me/app:latest'],
    })
  })
})

describe('a push that has ended', () => {
  it('tells the digest of each name', async () => {
    const pushed = [
      { reference: 'ghcr.io/me/app:1', digest: `sha256:${'1'.repeat(64)}` },
      { reference: 'ghcr.io/me/app:latest', digest: `sha256:${'2'.repeat(64)}` },
    ]
    const done = job({ state: 'succeeded', endedAt: 1, result: { kind: 'push', pushed } })
    page = await mountPage(PushDialog, {
      props: { open: true, image: image() },
      answers: { 'images.push': () => ({ jobId: 'j1' }), 'jobs.watch': collectionOf(done) },
    })
    await submit()
    for (const { reference, digest } of pushed) {
      expect(page.text()).toContain(reference + digest)
    }
  })
})

describe('adding a name', () => {
  it('warns when another image has it, and refuses a digest', async () => {
    page = await mountPage(TagDialog, {
      props: { open: true, image: image() },
      answers: {
        'images.watch': collectionOf(image({ id: imageIdOf('b'), references: ['redis:7'] })),
      },
    })
    await type('New name', 'redis:7')
    expect(page.text()).toContain('Another image (bbbbbbbbbbbb) has the name redis:7 now')
    expect(buttonOf('Add the name').disabled).toBe(false)
    await type('New name', `redis@sha256:${'0'.repeat(64)}`)
    expect(buttonOf('Add the name').disabled).toBe(true)
  })
})

describe('taking a name away', () => {
  it('is not offered for the only one, since that would remove the image', async () => {
    page = await mountPage(UntagDialog, { props: { open: true, image: image() } })
    expect(page.text()).toContain('This is its only name')
    expect(page.text()).not.toContain('Take it away')
  })
})

describe('renaming', () => {
  it('gives the new name for the chosen one, and warns of an image that would lose it', async () => {
    const other = image({ id: imageIdOf('b'), references: ['taken:latest'] })
    page = await mountPage(RenameDialog, {
      props: { open: true, image: image({ references: ['a:1', 'a:2'] }) },
      answers: { 'images.rename': () => undefined, 'images.watch': collectionOf(other) },
    })
    expect(buttonOf('Rename').disabled).toBe(true)
    const choice = document.querySelector('select')
    if (choice) choice.value = 'a:2'
    choice?.dispatchEvent(new Event('change'))
    await type('New name', 'taken')
    expect(page.text()).toContain('Another image (bbbbbbbbbbbb) has the name taken:latest')
    await submit()
    expect(callsTo('images.rename')[0]?.input).toEqual({
      engineId: 'e1',
      id: imageIdOf('a'),
      from: 'a:2',
      to: 'taken:latest',
    })
  })
})
