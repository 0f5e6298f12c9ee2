import { openSync, readSync } from 'node:fs'
import { measure } from './measure'
import { WarmClock } from './warmClock'

const PERIOD_MILLIS = 1_000
const WARM_UP_TICKS = 200

/**
 * The physical limit: once a second one `pread` of every file that our sampler keeps open, into one
 * buffer, and nothing with it.
 */
await measure(async ({ files, containers }) => {
  const descriptors = files.map((path) => openSync(path, 'r'))
  const buffer = Buffer.alloc(64 * 1024)
  const clock = new WarmClock()
  let rounds = 0
  tick()
  await clock.pass(WARM_UP_TICKS)
  clock.slowDown()
  return { samples: () => rounds * containers.length, tickCpuMillis: clock.cpuMillis }

  function tick(): void {
    clock.schedule(() => {
      for (const descriptor of descriptors) readSync(descriptor, buffer, 0, buffer.length, 0)
      rounds++
      tick()
    }, PERIOD_MILLIS)
  }
})
