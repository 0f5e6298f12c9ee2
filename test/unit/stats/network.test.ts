import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openNetwork } from '../../../main/stats/network'
import { createReading, field } from '../../../main/stats/reading'

const HOST = 'net:[4026531833]'
const OWN = 'net:[4026532288]'
const PID = 4711
const DEVICES =
  'Inter-|   Receive                            |  Transmit\n' +
  ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets\n' +
  '    lo:     900       9    0    0    0     0          0         0      900       9\n' +
  '  eth0:    1000      10    0    0    0     0          0         0      500       5\n'

/** A /proc where processes have these network namespaces (null: may not be read). */
function makeProc(namespaces: Record<string, string | null>) {
  const procRoot = mkdtempSync(join(tmpdir(), 'longshore-network-'))
  onTestFinished(() => rmSync(procRoot, { recursive: true }))
  for (const [process, namespace] of Object.entries(namespaces)) {
    mkdirSync(join(procRoot, process, 'ns'), { recursive: true })
    if (namespace !== null) symlinkSync(namespace, join(procRoot, process, 'ns/net'))
  }
  mkdirSync(join(procRoot, String(PID), 'net'), { recursive: true })
  writeFileSync(join(procRoot, String(PID), 'net/dev'), DEVICES)
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
  expect(bytesOf(makeProc({ 1: HOST, self: HOST, [PID]: OWN }))).toEqual([1_000, 500])
})

test("the host's own network says nothing about a container in it", () => {
  expect(bytesOf(makeProc({ 1: HOST, self: HOST, [PID]: HOST }))).toBeNull()
})

test("where the first process may not be looked at, this process's network is the host's", () => {
  expect(bytesOf(makeProc({ 1: null, self: HOST, [PID]: HOST }))).toBeNull()
  expect(bytesOf(makeProc({ 1: null, self: HOST, [PID]: OWN }))).toEqual([1_000, 500])
})

test('where no namespace may be looked at, the counters are taken as they are', () => {
  expect(bytesOf(makeProc({ 1: null, self: null, [PID]: null }))).toEqual([1_000, 500])
})

test('a process that is gone, or a kernel without network, has no counters', () => {
  const roots = makeProc({ 1: HOST, self: HOST })
  rmSync(join(roots.procRoot, String(PID), 'net/dev'))
  expect(bytesOf(roots)).toBeNull()
})
