import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readCgroupMounts } from '../../main/stats/cgroupPath'
import { cgroupV2 } from '../../main/stats/cgroupV2'
import { MachinePressure } from '../../main/stats/machinePressure'
import { openPressure } from '../../main/stats/pressure'
import { createReading, field, type Reading } from '../../main/stats/reading'
import { waitFor } from '../bed'

const [mount] = readCgroupMounts({ procRoot: '/proc', sysRoot: '/sys' }).filter(
  ({ version }) => version === 2,
)
const folder = join(mount?.mountPoint ?? '', `longshore-test-${process.pid}`)

/** A program that uses all the CPU that it gets, in a cgroup of its own on this machine's v2 hierarchy. */
async function burnInCgroup() {
  mkdirSync(folder)
  const child = spawn('sh', ['-c', 'read line; while :; do :; done'])
  onTestFinished(() => {
    child.kill('SIGKILL')
    if (existsSync(folder)) rmdirSync(folder)
  })
  await once(child, 'spawn')
  writeFileSync(join(folder, 'cgroup.procs'), String(child.pid))
  child.stdin.write('begin\n')
  return async () => {
    child.kill('SIGKILL')
    await once(child, 'exit')
    await waitFor('the cgroup to be empty', () =>
      readFileSync(join(folder, 'cgroup.events'), 'utf8').includes('populated 0'),
    )
  }
}

test.runIf(mount)("this machine's own v2 files are read right, until the cgroup goes", async () => {
  const stop = await burnInCgroup()
  const cpu = cgroupV2.openCpu(folder)
  const machine = new MachinePressure({ procRoot: '/proc' })
  const pressure = openPressure(folder, machine)
  onTestFinished(() => {
    cpu.close()
    pressure.close()
    machine.close()
  })
  const read = (): Reading => {
    const reading = createReading()
    cpu.read(reading)
    machine.look(performance.now())
    pressure.read(reading)
    return reading
  }
  expect(cgroupV2.readCpuLimitCores(folder)).toBeNull()
  expect(cgroupV2.readMemoryLimitBytes(folder)).toBeNull()
  await waitFor('CPU time', () => (read()[field.cpuNanos] ?? 0) > 300e6)
  await stop()
  const final = read()
  const stat = readFileSync(join(folder, 'cpu.stat'), 'utf8')
  expect(final[field.cpuNanos]).toBe(Number(/^usage_usec (\d+)/m.exec(stat)?.[1]) * 1_000)
  const pressureFile = join(folder, 'cpu.pressure')
  if (existsSync(pressureFile)) {
    const [, some, full] =
      /^some .*total=(\d+)\n(?:full .*total=(\d+)\n)?$/.exec(readFileSync(pressureFile, 'utf8')) ??
      []
    expect(final[field.cpuSomeMicros]).toBe(Number(some))
    expect(final[field.cpuFullMicros]).toBe(full === undefined ? NaN : Number(full))
    expect(final[field.ioSomeMicros]).toBeGreaterThanOrEqual(0)
  }
  rmdirSync(folder)
  expect(read).toThrow('ENODEV')
})
