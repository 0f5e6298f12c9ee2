import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { createApp, type App } from '../../main/app'
import { followContainers, type EngineContainers } from '../../main/shell/tray/following'
import { trayModel, type TrayItem } from '../../main/shell/tray/model'
import { shellWords } from '../../main/shell/words'
import { testPlatform } from '../platform'
import { maker } from '../e2e/things'

const bed = inject('bed')

describe.each(bed.engines)('the tray on $kind', (engine) => {
  const { run } = maker(engine, bed.busybox)
  let folder: string
  let app: App
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'longshore-tray-'))
    app = createApp(testPlatform(folder), { engine: engine.socket, demo: false })
  })
  afterAll(async () => {
    await app.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('shows what runs, and what was stopped by it can be started again', async () => {
    const name = await run()
    let engines: EngineContainers[] = []
    const ending = new AbortController()
    onTestFinished(() => ending.abort())
    void followContainers(app.api, (told) => (engines = told), ending.signal)
    const items = (): TrayItem[] => trayModel(engines, shellWords('en', [])).items
    const submenu = (label: string) => {
      const found = items().find((item) => item.kind === 'submenu' && item.label === label)
      return found?.kind === 'submenu' ? found.items : []
    }
    const named = (list: TrayItem[], label: string) =>
      list.find((item) => item.kind === 'action' && item.label === label)

    await vi.waitFor(() => expect(named(submenu(name), 'Stop')).toBeDefined(), 60_000)
    const stop = named(submenu(name), 'Stop')
    if (stop?.kind !== 'action' || stop.action.kind !== 'stop') throw new Error('no way to stop')
    const { engineId, id } = stop.action
    const { outcomes } = await app.api.containers.stop({ engineId, ids: [id] })
    expect(outcomes).toMatchObject([{ changed: true }])
    await vi.waitFor(() => expect(named(submenu('Start again'), name)).toBeDefined(), 60_000)
    expect(submenu(name)).toEqual([])
  })
})
