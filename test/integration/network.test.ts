import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { openNetwork } from '../../main/stats/network'
import { createReading, field } from '../../main/stats/reading'
import { waitFor } from '../bed'

const ROOTS = { procRoot: '/proc', sysRoot: '/sys' }
/** Of two interfaces; one page of net/dev has about 32 in all. */
const PAIRS = 20
const NOBODY = 65_534

/** A process in a network of its own, in which something went through every pair of interfaces. */
async function processInOwnNetwork(): Promise<number> {
  const script = `
    for i in $(seq ${PAIRS}); do
      ip link add out$i arp off type veth peer name in$i arp off
      ip addr add 10.0.$i.1/24 dev out$i
      ip link set in$i up
      ip link set out$i up
      echo hello > /dev/udp/10.0.$i.2/9
    done
    echo ready; read forever`
  const child = spawn('unshare', ['--net', 'bash', '-c', script])
  onTestFinished(() => void child.kill())
  await once(child.stdout, 'data')
  return child.pid ?? NaN
}

test('interfaces that do not fit a page of net/dev are counted too', async () => {
  const pid = await processInOwnNetwork()
  const meter = openNetwork(pid, ROOTS)
  onTestFinished(() => meter?.close())
  const reading = createReading()
  // What is sent without being asked for, such as a search for routers, may come in between.
  await waitFor('the same figures', () => {
    meter?.read(reading)
    const { received, sent } = trafficOf(pid)
    return reading[field.receivedBytes] === received && reading[field.sentBytes] === sent
  })
})

test("whose network is the host's is told to a user who may not trace the process", async () => {
  const own = await processInOwnNetwork()
  const host = spawn('sleep', ['1000'])
  onTestFinished(() => void host.kill())
  await once(host, 'spawn')
  const [first, inHost, inOwn] = execFileSync(
    'stat',
    ['--dereference', '--format=%i', ...[1, host.pid, own].map((pid) => `/proc/${pid}/net/dev`)],
    { encoding: 'utf8', uid: NOBODY, gid: NOBODY },
  ).split('\n')
  expect(inHost).toBe(first)
  expect(inOwn).not.toBe(first)
  expect(openNetwork(host.pid ?? NaN, ROOTS)).toBeNull()
})

/** Of all interfaces; through each went at least one packet. */
function trafficOf(pid: number): { received: number; sent: number } {
  const lines = readFileSync(`/proc/${pid}/net/dev`, 'utf8').match(/^ *(?:in|out)\d+:.*$/gm) ?? []
  expect(lines).toHaveLength(2 * PAIRS)
  const total = { received: 0, sent: 0 }
  for (const line of lines) {
    const columns = line
      .slice(line.indexOf(':') + 1)
      .trim()
      .split(/ +/)
    const [received, sent] = [Number(columns[0]), Number(columns[8])]
    expect(received + sent).toBeGreaterThan(0)
    total.received += received
    total.sent += sent
  }
  return total
}
