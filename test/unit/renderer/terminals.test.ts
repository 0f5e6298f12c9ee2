import { describe, expect, test } from 'vitest'
import { MOST_WRITTEN, type Terminal } from '../../../preload/contract/terminals'
import { debugImageOf } from '../../../renderer/terminals/debugImage'
import { createInputQueue } from '../../../renderer/terminals/inputQueue'
import { meaningOf } from '../../../renderer/terminals/keys'
import { endOf, labelled } from '../../../renderer/terminals/labels'
import { linesRun, pastable } from '../../../renderer/terminals/paste'
import { terminalTheme, toHex } from '../../../renderer/terminals/theme'
import { typedUser } from '../../../renderer/terminals/user'
import { useWords } from '../../../renderer/words'

const { t } = useWords()

function terminal(changes: Partial<Terminal> = {}): Terminal {
  return {
    id: 'e1d6a6c8-4a4c-4c6e-9d0c-0a3d1b8f3a11',
    containerId: 'c'.repeat(64),
    kind: 'exec',
    title: '',
    command: ['/bin/sh'],
    user: '',
    image: null,
    withVolumes: false,
    takesInput: true,
    startedAt: 0,
    endedAt: null,
    state: 'running',
    exitCode: null,
    problem: null,
    ...changes,
  }
}

describe('keys in a terminal', () => {
  const press = (code: string, modifiers = '', key = code.replace(/^(Key|Digit)/, '')) =>
    meaningOf({
      code,
      key,
      ctrlKey: modifiers.includes('c'),
      shiftKey: modifiers.includes('s'),
      altKey: modifiers.includes('a'),
      metaKey: modifiers.includes('m'),
    })

  test('go to the program, also those that the page knows elsewhere', () => {
    for (const [code, modifiers] of [
      ...['KeyK', 'KeyF', 'KeyC', 'KeyV', 'KeyP'].map((code) => [code, 'c'] as const),
      ...['Escape', 'Slash', 'Delete', 'F6', 'Digit1'].map((code) => [code, ''] as const),
      ['Digit1', 'ca'],
      ['KeyC', 'csa'],
    ] as const) {
      expect([code, modifiers, press(code, modifiers)]).toEqual([code, modifiers, 'program'])
    }
  })

  test('but for a few that are ours', () => {
    expect(press('KeyC', 'cs')).toBe('copy')
    expect(press('KeyV', 'cs')).toBe('paste')
    expect(press('Insert', 's')).toBe('paste')
    expect(press('KeyF', 'cs')).toBe('search')
    expect(press('F6', 'c')).toBe('leave')
    expect(press('KeyK', 'cs')).toBe('page')
    expect(press('Digit3', 'c')).toBe('page')
    expect(press('KeyC', 'm')).toBe('copy')
    expect(press('KeyK', 'm')).toBe('page')
  })
})

describe('a paste', () => {
  test('has no control characters: a page may have hidden them', () => {
    expect(pastable('a\u001b[201~b\u0003\u009bc\td\r\ne\rf')).toBe('a[201~bc\td\ne\nf')
  })

  test('of one line runs nothing; what ends with a line break or has several does', () => {
    expect(linesRun('ls')).toEqual([])
    expect(linesRun('ls\n')).toEqual(['ls'])
    expect(linesRun('a\nb\n\n')).toEqual(['a', 'b'])
  })
})

describe('what is typed', () => {
  test('goes in order, one piece at a time, and no character is cut', async () => {
    const sent: string[] = []
    let arrive = () => {}
    const type = createInputQueue(
      (data) => {
        sent.push(data)
        return new Promise((resolve) => (arrive = resolve))
      },
      () => undefined,
    )
    type('a')
    type('b')
    type('c')
    expect(sent).toEqual(['a'])
    arrive()
    await expect.poll(() => sent).toEqual(['a', 'bc'])
    type(`${'x'.repeat(MOST_WRITTEN - 1)}🐳`)
    arrive()
    await expect.poll(() => sent.length).toBe(3)
    expect(sent[2]).toHaveLength(MOST_WRITTEN - 1)
    arrive()
    await expect.poll(() => sent[3]).toBe('🐳')
  })

  test('is dropped and told when it does not arrive', async () => {
    const failures: unknown[] = []
    const type = createInputQueue(
      () => Promise.reject(new Error('closed')),
      (error) => failures.push(error),
    )
    type('a')
    await expect.poll(() => failures.length).toBe(1)
  })
})

describe('a terminal is called', () => {
  test('by its program and user, its image, or the main process; equal ones are counted', () => {
    const all = [
      terminal(),
      terminal({ command: ['psql', '-x'], user: 'postgres' }),
      terminal({ kind: 'attach', command: [] }),
      terminal({ kind: 'debug', image: 'docker.io/nicolaka/netshoot:v1' }),
      terminal(),
    ]
    expect(labelled(all, t).map(({ label }) => label)).toEqual([
      'sh',
      'psql (postgres)',
      'main process',
      'debug (netshoot)',
      'sh 2',
    ])
  })

  test('ended in words', () => {
    expect(endOf(terminal({ exitCode: 0 }), t)).toBe('Ended.')
    expect(endOf(terminal({ exitCode: 3 }), t)).toBe('Ended with exit code 3.')
    expect(endOf(terminal({ exitCode: 127 }), t)).toMatch('not found')
    expect(endOf(terminal({ exitCode: 129 }), t)).toMatch('signal 1 ')
    expect(endOf(terminal({ kind: 'attach', exitCode: null }), t)).toMatch('main process goes on')
    const problem = { code: 'engine-unreachable', message: 'Lost.' } as const
    expect(endOf(terminal({ problem }), t)).toBe('Lost.')
  })
})

test('the image to debug with is one that is made for it, then a small one', () => {
  expect(debugImageOf(['nginx:1', 'debian:12', 'me/netshoot:1'])).toBe('me/netshoot:1')
  expect(debugImageOf(['nginx:1', 'localhost/alpine-like:1'])).toBeUndefined()
})

test('a user is a name or number, with a group or without', () => {
  for (const user of ['', 'root', '1000', '1000:100', 'www-data']) {
    expect(typedUser(user).fits).toBe(true)
  }
  for (const user of ['-u0', 'a b', 'root;id']) expect(typedUser(user).fits).toBe(false)
})

test('the colours are those of the page, as xterm.js reads them', () => {
  expect(toHex('rgb(1, 2, 255)')).toBe('#0102ff')
  expect(terminalTheme(() => 'rgb(9, 9, 9)')).toMatchObject({
    background: '#090909',
    brightRed: '#090909',
  })
})
