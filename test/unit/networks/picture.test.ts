import { describe, expect, test } from 'vitest'
import type { Network, NetworkMember } from '../../../preload/contract/networks'
import { drawPicture, type ContainerRow } from '../../../renderer/networks/picture/layout'

const idOf = (name: string) =>
  Array.from(name, (letter) => letter.charCodeAt(0).toString(16))
    .join('')
    .padEnd(64, '0')
const member = (name: string, more: Partial<NetworkMember> = {}): NetworkMember => ({
  ...{ containerId: idOf(name), name, ipv4: '10.0.0.2', ipv6: '', mac: '' },
  ...{ fixedIpv4: '', fixedIpv6: '', aliases: [], joins: null },
  ...more,
})
const network = (name: string, members: NetworkMember[], more: Partial<Network> = {}): Network => ({
  ...{ id: idOf(name), name, driver: 'bridge', scope: 'local', internal: false, attachable: false },
  ...{ ipv6: false, subnets: [], options: {}, labels: {}, createdAt: 0, builtIn: false },
  ...{ resolvesNames: true, composeProject: null, members },
  ...more,
})
const draw = (networks: Network[], only?: string) =>
  drawPicture({ networks, containers: new Map(), expanded: new Set(), only })
const boxes = (rows: readonly { kind: string }[]) =>
  rows.filter((row): row is ContainerRow => row.kind === 'container')

describe('the picture of networks', () => {
  test('a container on two networks is one box that meets both bars', () => {
    const { lanes, rows } = draw([
      network('back', [member('api', { ipv4: '10.0.1.2' }), member('db')]),
      network('front', [member('api'), member('web')]),
    ])
    expect(lanes.map((lane) => lane.network.name)).toEqual(['back', 'front'])
    const api = boxes(rows).filter(({ name }) => name === 'api')
    expect(api).toHaveLength(1)
    expect(api[0]?.joints.map(({ address }) => address)).toEqual(['10.0.1.2', '10.0.0.2'])
    expect(new Set(boxes(rows).map(({ y }) => y)).size).toBe(3)
  })

  test('no two boxes stand in one place, and all are within the picture, with 50 containers', () => {
    const many = Array.from({ length: 50 }, (_, index) => member(`c${index}`))
    const { rows, height } = draw([network('all', many), network('some', many.slice(0, 5))])
    const places = rows.map(({ y }) => y)
    expect(new Set(places).size).toBe(places.length)
    expect(Math.max(...places)).toBeLessThan(height)
    // The five that are on both, six of the others, and the number of the rest.
    expect(boxes(rows)).toHaveLength(11)
    expect(rows).toContainEqual(expect.objectContaining({ kind: 'more', count: 39 }))
  })

  test('of one network needs no wall where nothing is published, and fits into the panel with a second one', () => {
    const networks = [network('back', [member('api')]), network('front', [member('api')])]
    const all = draw(networks)
    const one = draw(networks, idOf('back'))
    expect(all.left).toBe(0)
    expect(one.left).toBeGreaterThan(0)
    expect(one.width).toBeLessThan(480)
    expect(one.lanes.every(({ x }) => x < one.left + one.width)).toBe(true)
  })

  test('a group that was opened is drawn whole', () => {
    const many = Array.from({ length: 20 }, (_, index) => member(`c${index}`))
    const networks = [network('all', many)]
    const expanded = new Set([idOf('all')])
    const { rows } = drawPicture({ networks, containers: new Map(), expanded })
    expect(boxes(rows)).toHaveLength(20)
  })

  test('those on the host and on none stand apart, without bars', () => {
    const { lanes, rows } = draw([
      network('host', [member('agent')], { driver: 'host', builtIn: true }),
      network('none', [member('lonely')], { driver: 'null', builtIn: true }),
    ])
    expect(lanes).toEqual([])
    expect(rows.map((row) => (row.kind === 'container' ? row.name : row.kind))).toEqual([
      ...['title', 'agent', 'title', 'lonely'],
    ])
  })

  test('of one network: its members, and where else they are; nobody else', () => {
    const networks = [
      network('back', [member('api'), member('db')]),
      network('front', [member('api'), member('web')]),
      network('apart', [member('other')]),
    ]
    const { lanes, rows } = draw(networks, idOf('front'))
    expect(lanes.map((lane) => lane.network.name)).toEqual(['front', 'back'])
    expect(boxes(rows).map(({ name }) => name)).toEqual(['web', 'api'])
  })

  test('aliases are told only where names are resolved; one in another’s namespace stands with it', () => {
    const { rows } = draw([
      network(
        'plain',
        [
          member('web', { aliases: ['www'] }),
          member('side', { joins: idOf('web'), aliases: ['www'] }),
        ],
        { resolvesNames: false },
      ),
    ])
    expect(boxes(rows)).toMatchObject([{ name: 'web', sharedBy: ['side'] }])
    expect(boxes(rows)[0]?.joints[0]?.names).toEqual([])
  })
})
