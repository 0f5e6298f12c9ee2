import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AnalysisMessage, LayerAnalysis, LayerEntry } from '../../../preload/contract/layers'
import FilesTab from '../../../renderer/layers/FilesTab.vue'
import { imageIdOf } from './fixtures'
import { buttonOf, mountPage, TestStream, type Page } from './mountPage'

let page: Page
let stream: TestStream<AnalysisMessage>
let ended: boolean
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(400)
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(800)
})
afterEach(() => {
  page.unmount()
  vi.restoreAllMocks()
})

const amount = { files: 1, bytes: 10 }
const analysis: LayerAnalysis = {
  id: imageIdOf('a'),
  layers: [
    {
      ...{ diffId: 'd', instruction: 'COPY . /', sizeBytes: 10 },
      ...{ added: amount, changed: amount, removed: amount },
    },
  ],
  ...{ sizeBytes: 2048, efficiency: 0.875, wastedBytes: 1024 },
  wasteful: [{ path: '/big', count: 2, bytes: 1024 }],
  wastefulPaths: 1,
  leftOut: 0,
}
const entry = (name: string, hasChildren = false): LayerEntry => ({
  ...{ name, kind: hasChildren ? 'folder' : 'file', sizeBytes: 1, mode: 0o755, uid: 0, gid: 0 },
  ...{ target: '', change: 'added', changesWithin: 0, hasChildren },
})

async function startReading(): Promise<void> {
  stream = new TestStream()
  ended = false
  page = await mountPage(FilesTab, {
    props: { id: imageIdOf('a') },
    answers: {
      'layers.analyse': (_input, signal) => {
        signal.addEventListener('abort', () => (ended = true))
        return stream.open(signal)
      },
      'layers.tree': ({ folder }: { folder: string }) => ({
        entries: folder === '' ? [entry('etc', true)] : [entry('hosts')],
        total: 1,
      }),
    },
  })
  await page.settle()
  buttonOf('Look into the layers').click()
  stream.send({ kind: 'reading', bytes: 1024, totalBytes: 4096 })
  await page.settle()
}

describe('looking into the layers', () => {
  it('tells how far it is, and ends the reading when it is cancelled', async () => {
    await startReading()
    expect(page.text()).toContain('1.0 KiB of about 4.0 KiB read')
    expect(document.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow')).toBe('25')
    expect(ended).toBe(false)
    buttonOf('Cancel').click()
    await page.settle()
    expect(ended).toBe(true)
    buttonOf('Look into the layers')
  })

  it('ends the reading when the page is left', async () => {
    await startReading()
    page.unmount()
    expect(ended).toBe(true)
  })

  it('tells the efficiency, what is wasted, and opens folders by keyboard', async () => {
    await startReading()
    stream.send({ kind: 'read', analysis })
    await page.settle()
    for (const text of ['87.5%', '1.0 KiB', '/big', 'in 2 layers']) {
      expect(page.text()).toContain(text)
    }
    const tree = document.querySelector('[role=tree]')
    const press = async (key: string) => {
      tree?.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }))
      await page.settle()
    }
    await press('ArrowDown')
    await press('ArrowRight')
    const items = [...document.querySelectorAll('[role=treeitem]')]
    expect(items.map((item) => item.getAttribute('aria-level'))).toEqual(['1', '2'])
    expect(items[0]?.getAttribute('aria-expanded')).toBe('true')
    expect(items[1]?.textContent).toContain('hosts')
    expect(items[1]?.textContent).toContain('added')
  })
})
