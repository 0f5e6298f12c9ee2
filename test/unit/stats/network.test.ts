import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openNetwork } from '../../../main/stats/network'
import { createReading, field } from '../../../main/stats/reading'

const PID = 4711
const DEVICES =
  'Inter-|   Receive                            |  Transmit\n' +
  ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets\n' +
  '    lo:     900       9    0    0    0     0          0         0      900       9\n' +
  '  eth0:    1000      10    0    0    0     0          0         0      500       5\n'

/** A /proc where processes share the counters of the network namespace that is named. */
function makeProc(namespaces: Record<string, 'host' | 'own'>) {
  const procRoot = mkdtempSync(join(tmpdir(), 'longshore-network-'))
  onTestFinished(() => rmSync(procRoot, { recursive: true }))
  for (const namespace of ['host', 'own']) writeFileSync(join(procRoot, namespace), DEVICES)
  for (const [process, namespace] of Object.entries(namespaces)) {
    mkdirSync(join(procRoot, process, 'net'), { recursive: true })
    linkSync(join(procRoot, namespace), join(procRoot, process, 'net/dev'))
  }
  return { procRoot, sysRoot: '/nowhere' }
}

function bytesOf(roots: ReturnType<typeof makeProc>) {
  const meter = openNetwork(PID, roots)
  if (!meter) return null
  onTestFinished(() => meter.close())
  const reading = createReading()
  meter.read(reading)
  return [reading[field.receivedBytes], reading[field.sentBytes]]
}

test("a container's own network is counted without its loopback", () => {
  expect(bytesOf(makeProc({ 1: 'host', self: 'host', [PID]: 'own' }))).toEqual([1_000, 500])
})

test("the host's own network says nothing about a container in it", () => {
  expect(bytesOf(makeProc({ 1: 'host', self: 'host', [PID]: 'host' }))).toBeNull()
})

test("what shares this process's network, but not the host's, is counted", () => {
  expect(bytesOf(makeProc({ 1: 'host', self: 'own', [PID]: 'own' }))).toEqual([1_000, 500])
})

test("where the first process is hidden, this process's network is the host's", () => {
  expect(bytesOf(makeProc({ self: 'host', [PID]: 'host' }))).toBeNull()
  expect(bytesOf(makeProc({ self: 'host', [PID]: 'own' }))).toEqual([1_000, 500])
})

test('a process that is gone, or a kernel without network, has no counters', () => {
  expect(bytesOf(makeProc({ 1: 'host', self: 'host' }))).toBeNull()
})
