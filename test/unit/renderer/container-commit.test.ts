import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import type { Container } from '../../../preload/contract/containers'
import CommitDialog from '../../../renderer/containers/commit/CommitDialog.vue'
import CommitDialogHost from '../../../renderer/containers/commit/CommitDialogHost.vue'
import LoopSection from '../../../renderer/containers/exits/LoopSection.vue'
import { useContainerCommands } from '../../../renderer/containers/useContainerCommands'
import { useCommandStore } from '../../../renderer/shell/commands'
import { container, image, imageIdOf, job } from './fixtures'
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

const open = async (changes: Partial<Container> = {}, answers: Answers = {}) => {
  page = await mountPage(CommitDialog, {
    props: { open: true, container: container('web', changes) },
    answers: { 'containers.commit': () => ({ jobId: 'j1' }), ...answers },
  })
}
const type = (label: string, value: string) => typeInto(page, fieldOf(label), value)
const settings = () => {
  const area = document.querySelector('textarea')
  if (!area) throw new Error('There is no field for other settings.')
  return area
}
const asked = () =>
  page.calls.filter(({ path }) => path === 'containers.commit').map(({ input }) => input)

describe('making an image of a container', () => {
  it('says what is in the image and what is not, by the container’s own mounts', async () => {
    const mount = { type: 'volume', name: 'data', source: '', readWrite: true, anonymous: false }
    await open({ mounts: [{ ...mount, destination: '/var/lib/data' }] })
    expect(page.text()).toContain('all that was written, changed and removed in the container')
    expect(page.text()).toContain('what is in volumes and mounted folders: /var/lib/data.')
    expect(page.text()).toContain('Not in it: running programs and their memory')
  })

  it('needs a name that an image can have, and instructions that it can follow', async () => {
    await open()
    const start = buttonOf('Make the image')
    expect(start.disabled).toBe(true)
    await type('Name of the new image', 'Not A Name')
    expect(start.disabled).toBe(true)
    await type('Name of the new image', `web@sha256:${'a'.repeat(64)}`)
    expect(start.disabled).toBe(true)
    await type('Name of the new image', 'web')
    expect(page.text()).toContain('docker.io/library/web:latest')
    expect(start.disabled).toBe(false)
    settings().value = 'RUN rm -rf /'
    settings().dispatchEvent(new Event('input'))
    await type('Command', 'sh -c "echo')
    expect(page.text()).toContain('Not understood: RUN rm -rf /')
    expect(start.disabled).toBe(true)
    await submitForm(page)
    expect(asked()).toEqual([])
  })

  it('tells that an image loses the name it has', async () => {
    await open({}, { 'images.watch': collectionOf(image({ references: ['web:2'] })) })
    await type('Name of the new image', 'web:1')
    expect(page.text()).not.toContain('It loses the name')
    await type('Name of the new image', 'docker.io/library/web:2')
    expect(page.text()).toContain('It loses the name to the new one')
  })

  it('sends all that was said, and ends with a way to the image', async () => {
    const imageId = imageIdOf('c')
    const request = {
      ...{ engineId: 'e1', containerId: 'web', reference: 'docker.io/library/web:kept' },
      ...{ message: 'What was tried', author: 'Ada <ada@example.test>', pause: false },
      changes: ['CMD ["cat","/written file"]', 'ENV MODE=kept'],
    }
    const done = job({
      request: { kind: 'commit', ...request },
      subject: 'web → web:kept',
      state: 'succeeded',
      endedAt: 1,
      result: { kind: 'commit', imageId, reference: 'web:kept' },
    })
    await open({}, { 'jobs.watch': collectionOf(done) })
    await type('Name of the new image', 'web:kept')
    await type('Message', ' What was tried ')
    await type('Author', 'Ada <ada@example.test>')
    fieldOf('Pause it meanwhile').click()
    await type('Command', 'cat "/written file"')
    settings().value = 'ENV MODE=kept'
    settings().dispatchEvent(new Event('input'))
    await submitForm(page)
    expect(asked()).toEqual([request])
    const link = document.querySelector(`a[href="/images/${imageId}"]`)
    expect(link?.textContent.trim()).toBe('web:kept')
  })

  it('asks nothing about a pause where nothing runs', async () => {
    await open({ state: 'exited' })
    expect(page.text()).not.toContain('Pause it meanwhile')
    await type('Name of the new image', 'web:1')
    await submitForm(page)
    expect(asked()).toMatchObject([{ pause: false }])
  })

  it('is offered by the command palette, for one container', async () => {
    const subjects = ref<Container[]>([container('web'), container('db')])
    const whole = defineComponent(() => {
      useContainerCommands(subjects)
      return () => h(CommitDialogHost as never)
    })
    page = await mountPage(whole)
    const command = () => useCommandStore().commands.find(({ id }) => id === 'containers-commit')
    expect(command()).toBeUndefined()
    subjects.value = [container('web')]
    await page.settle()
    expect(command()?.label).toBe('Make an image of it: web')
    await command()?.run()
    await page.settle()
    expect(page.text()).toContain('A commit puts the container as it is now into a new image')
    expect(document.activeElement).toBe(fieldOf('Name of the new image'))
  })
})

describe('a restart loop', () => {
  const open = async (changes: Partial<Container>) => {
    const loop = { restarts: 5, gaveUp: false, lastExitCode: 1 }
    page = await mountPage(LoopSection, {
      props: { container: container('web', { restartLoop: loop, ...changes }), loop },
      answers: { 'containers.lastLines': () => [] },
    })
  }

  it('leads to the page on which its settings are changed', async () => {
    await open({ state: 'restarting' })
    buttonOf('Edit its settings…').click()
    await page.settle()
    expect(page.router.currentRoute.value.path).toBe('/containers/web/edit')
  })
})
