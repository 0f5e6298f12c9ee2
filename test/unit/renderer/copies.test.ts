import { afterEach, describe, expect, it, vi } from 'vitest'
import CopyDialog from '../../../renderer/copies/CopyDialog.vue'
import {
  buttonOf,
  fieldOf,
  mountPage,
  submitForm,
  typeInto,
  type Answers,
  type Page,
} from './mountPage'

let page: Page
afterEach(() => page.unmount())

const open = async (from: string, answers: Answers = {}) => {
  page = await mountPage(CopyDialog, {
    props: { open: true, from },
    answers: { 'copies.start': () => ({ jobId: 'j1' }), ...answers },
  })
}
const type = (label: string, value: string) => typeInto(page, fieldOf(label), value)
const started = () => page.calls.filter(({ path }) => path === 'copies.start')

describe('copying between registries', () => {
  it('takes both names in full, and everything that the first stands for', async () => {
    await open('nginx')
    expect(buttonOf('Copy').disabled).toBe(true)
    await type('To', 'ghcr.io/me/nginx:1')
    await submitForm(page)
    expect(started()).toEqual([
      {
        path: 'copies.start',
        input: { from: 'docker.io/library/nginx:latest', to: 'ghcr.io/me/nginx:1' },
      },
    ])
  })

  it('offers the platforms that the registry has', async () => {
    await open('nginx', { 'copies.platforms': () => ['linux/amd64', 'linux/arm64'] })
    await type('To', 'ghcr.io/me/nginx:1')
    await vi.waitFor(() => expect(page.text()).toContain('Only linux/arm64'))
    const choice = document.querySelector('select')
    if (choice) choice.value = 'linux/arm64'
    choice?.dispatchEvent(new Event('change'))
    await page.settle()
    await submitForm(page)
    expect(started()[0]?.input).toMatchObject({ platform: 'linux/arm64' })
  })

  it('refuses the same name twice, and a digest for the copy', async () => {
    await open('ghcr.io/me/app:1')
    await type('To', 'ghcr.io/me/app:1')
    expect(page.text()).toContain('Both names are the same.')
    expect(buttonOf('Copy').disabled).toBe(true)
    await type('To', `ghcr.io/me/app@sha256:${'0'.repeat(64)}`)
    expect(page.text()).toContain('The digest follows from the content')
  })
})
