import { describe, expect, it } from 'vitest'
import { changedBy, isPossible } from '../../../renderer/containers/actions'
import { explainExit } from '../../../renderer/containers/exit'
import { filterContainers, toFilter } from '../../../renderer/containers/filter'
import { publishedPorts } from '../../../renderer/containers/ports'
import { describeRemoval } from '../../../renderer/containers/removal'
import { lookOf } from '../../../renderer/containers/states'
import { container } from './fixtures'

const volume = (name: string, anonymous: boolean) => ({
  type: 'volume',
  name,
  source: '/var/lib/x',
  destination: '/data',
  readWrite: true,
  anonymous,
})

describe('actions', () => {
  it('leave alone what they would not change', () => {
    const containers = [container('up'), container('down', { state: 'exited' })]
    expect(changedBy('start', containers).map(({ name }) => name)).toEqual(['down'])
    expect(changedBy('stop', containers).map(({ name }) => name)).toEqual(['up'])
  })

  it('fit the state', () => {
    expect(isPossible('unpause', 'paused')).toBe(true)
    expect(isPossible('unpause', 'running')).toBe(false)
    expect(isPossible('remove', 'removing')).toBe(false)
  })
})

describe('states', () => {
  it('show the health of what runs', () => {
    expect(lookOf(container('a', { health: 'unhealthy' }))).toMatchObject({
      tone: 'bad',
      words: 'containers.states.unhealthy',
    })
  })

  it('are calm about a stop and loud about the lack of memory', () => {
    const exited = { state: 'exited' } as const
    expect(lookOf(container('a', { ...exited, exitCode: 143 })).tone).toBe('off')
    expect(lookOf(container('a', { ...exited, exitCode: 2 })).tone).toBe('warning')
    expect(lookOf(container('a', { ...exited, exitCode: 137, oomKilled: true })).tone).toBe('bad')
  })
})

describe('exit codes', () => {
  it.each([
    [0, false, 'ok'],
    [1, false, 'error'],
    [127, false, 'notFound'],
    [137, false, 'killed'],
    [137, true, 'outOfMemory'],
    [143, false, 'terminated'],
    [159, false, 'signal'],
    [255, false, 'outOfRange'],
  ])('%d (out of memory: %s) is explained as "%s"', (exitCode, oomKilled, name) => {
    expect(explainExit({ exitCode, oomKilled }).key).toBe(`containers.exit.${name}`)
  })

  it('name the signal where there is no sentence for it', () => {
    expect(explainExit({ exitCode: 159, oomKilled: false }).signal).toBe(31)
  })
})

describe('searching and filtering', () => {
  const containers = [
    container('web', { composeProject: 'shop', image: 'nginx:1.27' }),
    container('db', { state: 'exited', image: 'postgres:16' }),
  ]
  const names = (filter: Parameters<typeof filterContainers>[1], search: string) =>
    filterContainers(containers, filter, search).map(({ name }) => name)

  it('finds every word, in name, image, project and port', () => {
    expect(names('all', 'NGINX shop')).toEqual(['web'])
    expect(names('all', 'nginx postgres')).toEqual([])
  })

  it('shows only what the filter is about', () => {
    expect(names('stopped', '')).toEqual(['db'])
    expect(names('running', '')).toEqual(['web'])
  })

  it('takes a remembered filter that nobody knows for all', () => {
    expect(toFilter('of last year')).toBe('all')
    expect(toFilter(null)).toBe('all')
  })
})

describe('removing', () => {
  it('tells apart what is killed, what stays and what may go', () => {
    const removal = describeRemoval([
      container('web', { mounts: [volume('data', false), volume('f00', true)] }),
      container('db', { state: 'exited', mounts: [volume('data', false)] }),
    ])
    expect(removal.alive.map(({ name }) => name)).toEqual(['web'])
    expect(removal.namedVolumes).toEqual(['data'])
    expect(removal.anonymousVolumes).toEqual(['f00'])
  })

  it('does not count bound folders as volumes', () => {
    const bind = { ...volume('', false), type: 'bind' }
    expect(describeRemoval([container('web', { mounts: [bind] })]).namedVolumes).toEqual([])
  })
})

describe('published ports', () => {
  const port = { hostPort: 8080, containerPort: 80, protocol: 'tcp' } as const

  it('are listed once where they are bound for IPv4 and IPv6', () => {
    const ports = publishedPorts([
      { ...port, hostIp: '::' },
      { ...port, hostIp: '0.0.0.0' },
      { ...port, hostIp: '', hostPort: null },
    ])
    expect(ports).toEqual([{ ...port, hostIp: '0.0.0.0' }])
  })
})
