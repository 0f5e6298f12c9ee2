import { describe, expect, test } from 'vitest'
import {
  copyText,
  findNodes,
  nodesOf,
  pathsAround,
  visibleNodes,
} from '../../../renderer/ui/inspect/jsonTree'
import { keyAction } from '../../../renderer/ui/tree/keys'

const document = {
  Id: 'abc',
  Config: { Env: ['A=1', 'B=2'], Labels: { 'com.example.team': 'payments' }, Tty: false },
  Mounts: [],
  Pid: 0,
  Node: null,
}
const nodes = nodesOf(document)
const shown = (...open: string[]) => visibleNodes(nodes, new Set(open)).map(({ path }) => path)

describe('an answer as a tree', () => {
  test('shows what is open, each by the path that jq takes', () => {
    expect(shown()).toEqual(['.Id', '.Config', '.Mounts', '.Pid', '.Node'])
    expect(shown('.Config', '.Config.Labels')).toContain('.Config.Labels["com.example.team"]')
    expect(shown('.Config', '.Config.Env')).toContain('.Config.Env[1]')
    // What is open inside of something closed is not seen.
    expect(shown('.Config.Env')).toEqual(shown())
  })

  test('tells kinds, and what has nothing in it', () => {
    const facts = nodes.map(({ path, kind, hasChildren }) => [path, kind, hasChildren])
    expect(facts).toContainEqual(['.Mounts', 'array', false])
    expect(facts).toContainEqual(['.Node', 'null', false])
    expect(facts).toContainEqual(['.Config.Tty', 'boolean', false])
  })

  test('is searched by names and values, whatever the case, and what is found can be opened', () => {
    expect(findNodes(nodes, 'PAYMENTS')).toEqual(['.Config.Labels["com.example.team"]'])
    expect(findNodes(nodes, 'env')).toEqual(['.Config.Env'])
    expect(findNodes(nodes, ' ')).toEqual([])
    expect(pathsAround(nodes, '.Config.Env[0]')).toEqual(['.Config.Env', '.Config'])
  })

  test('is walked by keys as file trees are', () => {
    const lines = visibleNodes(nodes, new Set(['.Config']))
    const press = (key: string, at: string | null) => keyAction(lines, at, key)
    expect(press('ArrowDown', null)).toEqual({ do: 'go', path: '.Id' })
    expect(press('ArrowRight', '.Config')).toEqual({ do: 'go', path: '.Config.Env' })
    expect(press('ArrowRight', '.Config.Env')).toEqual({ do: 'open', path: '.Config.Env' })
    expect(press('ArrowLeft', '.Config.Env')).toEqual({ do: 'go', path: '.Config' })
    expect(press('ArrowLeft', '.Config')).toEqual({ do: 'close', path: '.Config' })
    expect(press('Enter', '.Config')).toEqual({ do: 'close', path: '.Config' })
    expect(press(' ', '.Config.Env')).toEqual({ do: 'open', path: '.Config.Env' })
    expect(press('End', '.Id')).toEqual({ do: 'go', path: '.Node' })
    expect(press('x', '.Id')).toBeNull()
  })

  test('gives texts as they are and all else as JSON when it is copied', () => {
    expect(copyText({ value: 'a "b"' })).toBe('a "b"')
    expect(copyText({ value: ['a'] })).toBe('[\n  "a"\n]')
  })
})
