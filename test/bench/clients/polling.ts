import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { measure } from './measure'

const PERIOD_MILLIS = 1_000
/** USER_HZ is 100 on every architecture that engines run on. */
const MILLIS_PER_CLOCK_TICK = 10

/** The docker command once per tick, and every line parsed; a tick that takes longer delays the next. */
await measure(({ socketPath }) => {
  const args = ['--host', `unix://${socketPath}`, 'stats', '--no-stream', '--format', '{{json .}}']
  let samples = 0
  let peakBytes = 0
  let round = poll()
  void repeat()
  return Promise.resolve({
    samples: () => samples,
    childrenCpuMillis,
    residentBytes: () => process.memoryUsage.rss() + peakBytes,
    boundary: () => round,
  })

  async function repeat(): Promise<void> {
    for (;;) {
      const wait = delay(PERIOD_MILLIS)
      await round
      await wait
      round = poll()
    }
  }

  async function poll(): Promise<void> {
    const child = spawn('docker', args, { stdio: ['ignore', 'pipe', 'inherit'] })
    child.stdout.once('data', () => (peakBytes = Math.max(peakBytes, peakBytesOf(child.pid))))
    const [output] = await Promise.all([text(child.stdout), once(child, 'exit')])
    for (const line of output.split('\n')) if (line && JSON.parse(line) !== null) samples++
  }
})

/** CPU of the children that were waited for: cutime and cstime of proc_pid_stat(5). */
function childrenCpuMillis(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[13]) + Number(fields[14])) * MILLIS_PER_CLOCK_TICK
}

/** The most that a process ever had resident; 0 where it has ended. */
function peakBytesOf(pid = 0): number {
  try {
    const [, kib = 0] = /^VmHWM:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kib) * 1024
  } catch {
    return 0
  }
}
