import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { standin } from '../../standin/electron'
import { buildPreload, startShell, type RunningShell } from './harness'

vi.mock('electron', () => import('../../standin/electron'))

let preload: string
beforeAll(async () => {
  preload = (await buildPreload()).code
})

let shell: RunningShell
beforeEach(async () => {
  standin.reset()
  shell = await startShell(preload)
  return () => shell.remove()
})

describe('a notification', () => {
  test('is shown by the system, with its words', () => {
    shell.platform.notify?.({ title: 'Busy', body: 'web: 93%', onClick: vi.fn() })
    expect(standin.notifications.map(({ options }) => options)).toEqual([
      { title: 'Busy', body: 'web: 93%' },
    ])
  })

  test('brings the window before the person when it is clicked on, then tells so, once', () => {
    shell.window.minimised = true
    shell.window.done.length = 0
    const onClick = vi.fn(() => expect(shell.window.done).toEqual(['restore', 'show', 'focus']))
    shell.platform.notify?.({ title: 'Busy', body: 'web: 93%', onClick })
    standin.notifications[0]?.emit('click')
    standin.notifications[0]?.emit('click')
    expect(onClick).toHaveBeenCalledOnce()
  })

  test('is not shown while the window has the focus, where the window tells the same', () => {
    const notification = {
      title: 'Pull done',
      body: 'nginx',
      onClick: vi.fn(),
      unlessFocused: true,
    }
    shell.window.focused = true
    shell.platform.notify?.(notification)
    expect(standin.notifications).toEqual([])
    shell.window.focused = false
    shell.platform.notify?.(notification)
    expect(standin.notifications).toHaveLength(1)
  })

  test('is forgotten when the person dismisses it', () => {
    const onClick = vi.fn()
    shell.platform.notify?.({ title: 'Busy', body: 'web: 93%', onClick })
    const [notification] = standin.notifications
    notification?.emit('close')
    expect(notification?.listenerCount('close')).toBe(0)
  })

  test('never costs more memory than fifty of them', () => {
    for (let count = 0; count < 60; count++) {
      shell.platform.notify?.({ title: String(count), body: '', onClick: vi.fn() })
    }
    const listening = standin.notifications.filter((each) => each.listenerCount('click') > 0)
    expect(listening).toHaveLength(50)
    expect(listening[0]?.options.title).toBe('10')
  })
})

test('a system without notifications leaves them to the page', async () => {
  standin.reset()
  standin.notificationsSupported = false
  const other = await startShell(preload)
  expect(other.platform.notify).toBeNull()
  await other.remove()
})
