import { ORPCError } from '@orpc/client'
import { afterEach, expect, it } from 'vitest'
import {
  containerSettings,
  type ContainerSettings,
} from '../../../preload/contract/containerSettings'
import type { SettingsAnswer } from '../../../preload/contract/edit'
import CreatePage from '../../../renderer/containers/create/CreatePage.vue'
import EditPage from '../../../renderer/containers/edit/EditPage.vue'
import { container, image, job, volume } from './fixtures'
import {
  buttonOf,
  collectionOf,
  fieldOf,
  mountPage,
  submitForm,
  typeInto,
  type Answers,
  type Page,
} from './mountPage'

let page: Page
afterEach(() => page.unmount())

const made = container('web')
const answers: Answers = {
  'images.watch': collectionOf(image()),
  'networks.watch': collectionOf(),
  'volumes.watch': collectionOf(),
  'images.inspect': () => ({
    ...image(),
    entrypoint: [],
    command: ['nginx', '-g', 'daemon off;'],
    environment: [{ name: 'VERSION', value: '1', masked: false }],
    exposedPorts: ['80/tcp'],
    volumes: ['/data'],
    workingFolder: '',
    user: '',
  }),
  'containers.portUse': () => [
    { holder: { kind: 'container', id: made.id, name: 'web', running: true }, freePort: 8081 },
  ],
  'containers.provideImage': () => ({ jobId: null }),
  'containers.run': () => ({ id: made.id, warnings: [] }),
}
const open = async (more: Answers = {}) => {
  page = await mountPage(CreatePage, { answers: { ...answers, ...more } })
  await typeInto(page, fieldOf('Image'), 'nginx:latest')
}
/** A field whose label is only read out. */
function rowInput(label: string): HTMLInputElement {
  const found = document.querySelector<HTMLInputElement>(`input[aria-label="${label}"]`)
  if (!found) throw new Error(`There is no field "${label}".`)
  return found
}
const callsTo = (path: string) => page.calls.filter((call) => call.path === path)
async function press(label: string): Promise<void> {
  buttonOf(label).click()
  await page.settle()
}
async function paste(line: string): Promise<void> {
  const area = document.querySelector('textarea')
  if (!area) throw new Error('There is nowhere to paste.')
  area.value = line
  area.dispatchEvent(new Event('input'))
  await page.settle()
  await press('Fill the form')
}

it('offers what the image says of itself: its command, ports and folders', async () => {
  await open()
  expect(fieldOf('Command').placeholder).toBe("nginx -g 'daemon off;'")
  expect(page.text()).toContain('VERSION=1')
  await press('80/tcp')
  await press('/data')
  expect(page.text()).toContain('--publish 127.0.0.1::80')
  expect(page.text()).toContain('--volume /data')
})

it('offers the volumes that have a name, and says what an empty field means', async () => {
  const volumes = [volume('data'), volume('f'.repeat(64), { anonymous: true })]
  await open({ 'volumes.watch': collectionOf(...volumes) })
  await press('/data')
  const source = rowInput('Volume, or empty for a new one')
  expect([...(source.list?.options ?? [])].map(({ value }) => value)).toEqual(['data'])
})

const openEdit = async (settings: Partial<ContainerSettings>, more: Answers) => {
  const told: SettingsAnswer = {
    settings: containerSettings.parse({ image: 'nginx:latest', ...settings }),
    ...{ masked: false, kept: [], imageMoved: false, writtenFiles: 0 },
    plan: {
      ...{ running: true, stopSeconds: 10, keptName: 'web-old', dependents: [] },
      ...{ keptRestarts: false, obstacle: null },
    },
  }
  page = await mountPage(EditPage, {
    props: { id: made.id },
    answers: { ...answers, 'containers.settings': () => told, ...more },
  })
  await page.settle()
}

it('says of a container that is edited which volume one without a name stays', async () => {
  const there = container('web', {
    mounts: [
      {
        ...{ type: 'volume', name: 'f'.repeat(64), source: '', destination: '/data' },
        ...{ readWrite: true, anonymous: true },
      },
    ],
  })
  const mounts = containerSettings.shape.mounts.parse([{ kind: 'volume', target: '/data' }])
  await openEdit({ mounts }, { 'containers.watch': collectionOf(there) })
  const keeps = 'It keeps the volume that it has there: ffffffffffff'
  expect(page.text()).toContain(keeps)
  await typeInto(page, rowInput('Volume, or empty for the one it has'), 'other')
  expect(page.text()).not.toContain(keeps)
  await typeInto(page, rowInput('Volume, or empty for the one it has'), '')
  expect(page.text()).toContain(keeps)
  await typeInto(page, rowInput('In the container'), '/elsewhere')
  expect(page.text()).not.toContain(keeps)
  expect(rowInput('Volume, or empty for a new one').value).toBe('')
})

it('tells who has a port before the start, and takes the one that is free', async () => {
  await open()
  await paste('docker run -p 127.0.0.1:8080:80 nginx')
  await expect.poll(() => page.text()).toContain('Taken by the container web.')
  await press('Use 8081')
  expect(page.text()).toContain('--publish 127.0.0.1:8081:80')
})

it('tells what a pasted line said that it could not take over', async () => {
  await open()
  await paste('docker run --frob --userns host -e TOKEN --env-file .env nginx')
  for (const told of ['--frob', '--userns host', 'fill it in', 'TOKEN', '--env-file .env']) {
    expect(page.text()).toContain(told)
  }
})

it('sends nothing while a field is wrong, and says how many are', async () => {
  await open()
  await typeInto(page, fieldOf('Name'), '-')
  await submitForm(page)
  expect(page.text()).toContain('One field is wrong.')
  expect(callsTo('containers.run')).toEqual([])
})

it('keeps what was typed when the engine refuses, and clears it when the container is made', async () => {
  let refuses = true
  await open({
    'containers.run': () => {
      if (!refuses) return { id: made.id, warnings: [] }
      throw new ORPCError('conflict', { message: 'Another container has this name.', data: {} })
    },
  })
  await typeInto(page, fieldOf('Name'), 'web')
  await press('Only create')
  expect(page.text()).toContain('Another container has this name.')
  expect(fieldOf('Name').value).toBe('web')
  refuses = false
  await press('Only create')
  expect(callsTo('containers.run').at(-1)?.input).toMatchObject({ name: 'web', start: false })
  expect(page.router.currentRoute.value.path).toBe(`/containers/${made.id}`)
  expect(fieldOf('Name').value).toBe('')
})

it('asks for dangers to be accepted, and sends only those that were shown', async () => {
  await open({
    'containers.run': (input: { acceptedDangers: string[] }) => {
      if (input.acceptedDangers.includes('privileged')) return { id: made.id, warnings: [] }
      const data = { dangers: ['privileged'] }
      throw new ORPCError('confirmation-needed', { message: 'Dangerous.', data, defined: true })
    },
  })
  await paste('docker run --privileged nginx')
  await press('Create and start')
  expect(page.text()).toContain('every right of root')
  expect(buttonOf('Create and start anyway').disabled).toBe(true)
  document.querySelector<HTMLInputElement>('footer input[type=checkbox]')?.click()
  await page.settle()
  await press('Create and start anyway')
  expect(callsTo('containers.run').at(-1)?.input).toMatchObject({ acceptedDangers: ['privileged'] })
})

it('sends an edit that was refused for its dangers again with those that are accepted', async () => {
  await openEdit(
    {},
    {
      'containers.edit': (input: { acceptedDangers: string[] }) => {
        if (input.acceptedDangers.length > 0) return { id: made.id, keptId: 'old' }
        const data = { dangers: ['privileged'] }
        throw new ORPCError('confirmation-needed', { message: 'Dangerous.', data, defined: true })
      },
    },
  )
  expect(buttonOf('Recreate').disabled).toBe(true)
  await typeInto(page, fieldOf('Command'), 'sleep 60')
  await press('Recreate')
  expect(page.text()).toContain('every right of root')
  expect(buttonOf('Recreate anyway').disabled).toBe(true)
  document.querySelector<HTMLInputElement>('footer input[type=checkbox]')?.click()
  await page.settle()
  await press('Recreate anyway')
  expect(callsTo('containers.edit').at(-1)?.input).toMatchObject({
    acceptedDangers: ['privileged'],
  })
  expect(page.router.currentRoute.value.path).toBe(`/containers/${made.id}`)
})

it('pulls the image first where an edit wants one that is not there', async () => {
  const pulled = job({ state: 'succeeded', endedAt: 1 })
  await openEdit(
    {},
    {
      'containers.provideImage': () => ({ jobId: pulled.id }),
      'jobs.watch': collectionOf(pulled),
      'jobs.see': () => undefined,
      'containers.edit': () => ({ id: made.id, keptId: 'old' }),
    },
  )
  await typeInto(page, fieldOf('Image'), 'nginx:next')
  await press('Recreate')
  expect(callsTo('containers.provideImage').at(-1)?.input).toMatchObject({ image: 'nginx:next' })
  expect(callsTo('containers.edit').at(-1)?.input).toMatchObject({
    settings: { image: 'nginx:next' },
  })
  expect(page.router.currentRoute.value.path).toBe(`/containers/${made.id}`)
})

it('makes nothing when the pull of its image is cancelled, and is back at the form', async () => {
  const cancelled = job({ state: 'cancelled', endedAt: 1 })
  await open({
    'containers.provideImage': () => ({ jobId: cancelled.id }),
    'jobs.watch': collectionOf(cancelled),
    'jobs.see': () => undefined,
  })
  await press('Create and start')
  await press('Back to the form')
  expect(fieldOf('Image').value).toBe('nginx:latest')
  expect(callsTo('containers.run')).toEqual([])
})
