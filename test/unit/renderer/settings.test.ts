import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { settingsValues, tableView } from '../../../preload/contract/settings'
import { useSettings } from '../../../renderer/settings/store'
import { mountPage, type Answers, type Page } from './mountPage'

let page: Page
let settings: ReturnType<typeof useSettings>

async function open(answers: Answers = {}) {
  page = await mountPage(
    defineComponent(() => {
      settings = useSettings()
      return () => h('p')
    }),
    { answers },
  )
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => {
  page.unmount()
  vi.useRealTimers()
})

describe('settings', () => {
  it('are the defaults of the contract until they are read', async () => {
    await open()
    expect(settings.values).toEqual(settingsValues.parse({}))
    expect(settings.tableView('images').value).toEqual(tableView.parse({}))
  })

  it('change at once and are saved together a moment later', async () => {
    await open()
    settings.change({ theme: 'dark' })
    settings.change({ panelWidth: 500 })
    settings.change({ panelWidth: 510 })
    expect(settings.values).toMatchObject({ theme: 'dark', panelWidth: 510 })
    expect(page.calls).toEqual([])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(page.calls).toEqual([
      { path: 'settings.change', input: { theme: 'dark', panelWidth: 510 } },
    ])
  })

  it('that could not be saved go with the next change, and say so', async () => {
    let full = true
    await open({
      'settings.change': () => {
        if (full) throw new Error('The disk is full.')
        return {}
      },
    })
    settings.change({ theme: 'dark' })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(settings.problem?.message).toBe('The disk is full.')
    full = false
    settings.change({ engineId: 'e2' })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(page.calls.at(-1)?.input).toEqual({ theme: 'dark', engineId: 'e2' })
    expect(settings.problem).toBeNull()
  })

  it('remember each table by its name', async () => {
    await open()
    const images = settings.tableView('images')
    images.value = { ...images.value, filter: 'unused' }
    expect(settings.tableView('images').value.filter).toBe('unused')
    expect(settings.tableView('containers').value.filter).toBeNull()
  })
})
