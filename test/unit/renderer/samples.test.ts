import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import { useSamples } from '../../../renderer/samples/useSamples'
import ConfirmHost from '../../../renderer/ui/ConfirmHost.vue'
import { container, job } from './fixtures'
import { buttonOf, collectionOf, mountPage, type Answers, type Page } from './mountPage'

let page: Page
let samples: ReturnType<typeof useSamples>
afterEach(() => page.unmount())

async function open(answers: Answers) {
  page = await mountPage(
    defineComponent(() => {
      samples = useSamples()
      return () => h(ConfirmHost)
    }),
    { answers },
  )
}

describe('samples', () => {
  it('are not started twice', async () => {
    await open({
      'jobs.watch': collectionOf(
        job({ request: { kind: 'samples', engineId: 'e1' }, subject: '' }),
      ),
    })
    expect(samples.starting.value).toBe(true)
    await samples.start()
    expect(page.calls).toEqual([])
  })

  it('are removed after naming exactly the containers that go', async () => {
    await open({
      'containers.watch': collectionOf(
        container('longshore-wave', { sample: true }),
        container('mine'),
      ),
      'samples.remove': () => ({ containers: 1 }),
    })
    const removed = samples.remove()
    await page.settle()
    expect(page.text()).toContain('longshore-wave')
    expect(page.text()).not.toContain('mine')
    buttonOf('Remove samples').click()
    expect(await removed).toBe(true)
    expect(page.calls).toEqual([{ path: 'samples.remove', input: { engineId: 'e1' } }])
  })
})
