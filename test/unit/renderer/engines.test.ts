import { describe, expect, it } from 'vitest'
import { installWays } from '../../../renderer/engines/install'
import { pickEngine } from '../../../renderer/engines/pick'
import { engine } from './fixtures'

const down = (id: string) => engine({ id, state: 'reconnecting' })
const neverUp = (id: string) => engine({ id, state: 'connecting', lastHeardAt: null })

describe('the engine that is shown', () => {
  it('is the remembered one where it is there, connected or not', () => {
    expect(pickEngine([engine({ id: 'a' }), down('b')], 'b', 'a')?.id).toBe('b')
    expect(pickEngine([engine({ id: 'a' })], 'gone', null)?.id).toBe('a')
  })

  it('stays while it restarts', () => {
    expect(pickEngine([down('a'), engine({ id: 'b' })], null, 'a')?.id).toBe('a')
  })

  it('gives way to one that answers, if it never did', () => {
    expect(pickEngine([neverUp('a'), engine({ id: 'b' })], null, 'a')?.id).toBe('b')
  })

  it('is the first where none is connected, and none where there is none', () => {
    expect(pickEngine([neverUp('a'), neverUp('b')], null, null)?.id).toBe('a')
    expect(pickEngine([], 'a', 'a')).toBeNull()
  })
})

describe('how to install an engine', () => {
  it('is told for the system at hand', () => {
    expect(installWays('darwin').map(({ system }) => system)).toEqual(['mac'])
    expect(installWays('win32').map(({ system }) => system)).toEqual(['windows'])
    expect(installWays('linux').length).toBeGreaterThan(1)
  })
})
