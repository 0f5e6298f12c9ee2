import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { log } from '../../../main/log'
import { app, BrowserWindow, standin } from '../../standin/electron'
import { buildPreload, startShell, type RunningShell } from './harness'

vi.mock('electron', () => import('../../standin/electron'))

let preload: string
beforeAll(async () => {
  preload = (await buildPreload()).code
})

let shell: RunningShell
let logged: string[]
beforeEach(async () => {
  standin.reset()
  shell = await startShell(preload)
  logged = []
  const note = (...given: unknown[]) => void logged.push(JSON.stringify(given))
  vi.spyOn(log, 'error').mockImplementation(note)
  vi.spyOn(log, 'fatal').mockImplementation(note)
  return async () => {
    app.quit()
    await vi.waitFor(() => expect(app.exitCode).not.toBeNull())
    await shell.remove()
    vi.restoreAllMocks()
  }
})

const pageGone = (reason: string, contents = shell.window.webContents) =>
  app.emit('render-process-gone', {}, contents, { reason, exitCode: 139 })

describe("when the page's process is gone", () => {
  test('the person is asked, and it is loaded again', async () => {
    pageGone('crashed')
    await vi.waitFor(() => expect(standin.done).toEqual(['reload']))
    expect(standin.dialogs).toEqual([
      expect.objectContaining({
        message: 'The window of Longshore has stopped working.',
        buttons: ['Reload', 'Quit'],
      }),
    ])
    expect(logged).toEqual([expect.stringMatching(/"reason":"crashed","exitCode":139/)])
  })

  test('or the app ends, when that is chosen', async () => {
    standin.boxAnswer = 1
    pageGone('oom')
    await vi.waitFor(() => expect(app.exitCode).toBe(0))
    expect(standin.done).toEqual([])
  })

  test('nothing is asked where it ended as it should, or was another one', () => {
    pageGone('clean-exit')
    expect(logged).toEqual([])
    pageGone('crashed', new BrowserWindow({}).webContents)
    expect(standin.dialogs).toEqual([])
    for (const window of standin.windows.slice(1)) window.close()
  })
})

test("another process of Chromium's that ends is written down", () => {
  app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 5 })
  app.emit('child-process-gone', {}, { type: 'Utility', reason: 'clean-exit', exitCode: 0 })
  expect(logged).toEqual([expect.stringContaining('"type":"GPU"')])
})

test('an error that nobody caught is told, and ends the app with an error', async () => {
  const handlers = process.listeners('uncaughtException')
  handlers.at(-1)?.(new Error('a bug'), 'uncaughtException')
  expect(standin.errors).toEqual([['Longshore cannot go on', 'a bug']])
  await vi.waitFor(() => expect(app.exitCode).toBe(1))
  expect(process.listeners('uncaughtException')).toHaveLength(handlers.length - 1)
})

test('a failure that nobody looked at is written down, and the app goes on', () => {
  const handlers = process.listeners('unhandledRejection')
  handlers.at(-1)?.(new Error('nobody looked'), Promise.resolve())
  expect(logged).toEqual([expect.stringContaining('a failure that nobody looked at')])
  expect(app.exitCode).toBeNull()
})
