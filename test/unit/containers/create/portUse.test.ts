import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { Container, Port } from '../../../../preload/contract/containers'
import { portSetting } from '../../../../preload/contract/containerSettings'
import { portState } from '../../../../main/containers/create/hostPorts'
import { portUse } from '../../../../main/containers/create/portUse'
import { container as aContainer } from '../../renderer/fixtures'

const wanted = (hostPort: number | null, containerPort = 80, hostIp = '127.0.0.1') =>
  portSetting.parse({ hostPort, containerPort, hostIp })
const published = (hostPort: number, more: Partial<Port> = {}): Port => ({
  hostIp: '127.0.0.1',
  hostPort,
  containerPort: 80,
  protocol: 'tcp',
  ...more,
})
const web = (state: Container['state'], ...ports: Port[]) => aContainer('web', { state, ports })

test('a port that a container has is told with its name, and the next free one is suggested', async () => {
  const container = web('running', published(8080), published(8081))
  expect(await portUse([wanted(8080)], [container], null)).toEqual([
    {
      holder: { kind: 'container', id: container.id, name: 'web', running: true },
      freePort: 8082,
    },
  ])
})

test('one that is not running is told too: both cannot run at a time', async () => {
  const [use] = await portUse([wanted(8080)], [web('exited', published(8080))], null)
  expect(use?.holder).toMatchObject({ name: 'web', running: false })
})

test('the same port of another protocol or another address is another port', async () => {
  const others = [
    web('running', published(8080, { protocol: 'udp' }), published(8080, { hostIp: '10.0.0.1' })),
  ]
  expect((await portUse([wanted(8080)], others, null))[0]?.holder).toBeNull()
  for (const hostIp of ['', '0.0.0.0', '10.0.0.1']) {
    const [use] = await portUse([wanted(8080, 80, hostIp)], others, null)
    expect(use?.holder).toMatchObject({ name: 'web' })
  }
})

test('a free port is suggested as people choose it, and not twice', async () => {
  const uses = await portUse([wanted(null, 80), wanted(null, 80), wanted(null, 5432)], [], null)
  expect(uses.map(({ freePort }) => freePort)).toEqual([8080, 8081, 5432])
  expect(uses.every(({ holder }) => holder === null)).toBe(true)
})

test('a program that listens has its port; one that ended has not', async () => {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const [use] = await portUse([wanted(port)], [], portState)
  expect(use?.holder).toEqual({ kind: 'program' })
  expect(use?.freePort).not.toBe(port)
  expect(await portState({ hostIp: '', protocol: 'tcp' }, port)).toBe('taken')
  expect(await portState({ hostIp: '127.0.0.1', protocol: 'udp' }, port)).toBe('free')
  await new Promise((closed) => server.close(closed))
  expect((await portUse([wanted(port)], [], portState))[0]?.holder).toBeNull()
})

test('a program that listens by UDP has its port', async () => {
  const socket = createSocket('udp4')
  await new Promise<void>((bound) => socket.bind(0, '127.0.0.1', bound))
  onTestFinished(() => {
    socket.close()
  })
  const { port } = socket.address()
  expect(await portState({ hostIp: '127.0.0.1', protocol: 'udp' }, port)).toBe('taken')
})

test('an address that this machine does not have is told as such', async () => {
  const [use] = await portUse([wanted(8080, 80, '192.0.2.1')], [], portState)
  expect(use?.holder).toEqual({ kind: 'no-such-address' })
})
