import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, test } from 'vitest'
import type { LimitChanges } from '../../preload/contract/limits'
import { metricIndex, type Metric, type StatsTick } from '../../preload/contract/stats'
import { firstOf, itemsOf, openClient } from '../client'
import { maker } from '../e2e/things'

const MIB = 1024 * 1024
const bed = inject('bed')

/** Does nothing, but keeps 32 MiB that no file stands behind. */
const HOLD = `head -c ${32 * MIB} /dev/zero | tail -c ${32 * MIB} | (sleep 1000; cat)`
/** Keeps 32 MiB of shared memory, which the kernel counts as page cache but cannot drop. */
const SHARE = `head -c ${32 * MIB} /dev/zero >/dev/shm/kept; sleep 1000`
const LIMITED = ['--cpus', '0.5', '--memory', '64m', '--pids-limit', '100']
const NONE: LimitChanges = { cpu: null, memory: null, reservation: null, processes: null }

describe.each(bed.engines)('the limits of a container of $kind', (engine) => {
  const { cli, run, create, idOf } = maker(engine, bed.busybox)

  test('are changed while it runs: in the kernel, in the figures, and as a mark', async () => {
    const { api, engineId, id, change, limits, tick } = await open(await run(LIMITED))
    const marks = firstOf(api.stats.marks({ engineId, id }), (all) =>
      all.some(({ kind }) => kind === 'limits'),
    )
    await tick({ cpuLimitPercent: 50, memoryLimitBytes: 64 * MIB, processesLimit: 100 })
    const wanted = { cpu: 0.75, memory: 192 * MIB, reservation: 48 * MIB, processes: 40 }
    await change(wanted)
    // With as much swap as before.
    expect(await kernelLimits(id)).toEqual({ ...wanted, andSwap: 256 * MIB })
    expect((await limits()).limits).toMatchObject(wanted)
    const changed = { cpuLimitPercent: 75, memoryLimitBytes: 192 * MIB, processesLimit: 40 }
    const { at } = await tick(changed)
    expect((await marks).at(-1)).toEqual({ kind: 'limits', at, ...changed })
  })

  test('are taken away and given back', async () => {
    const { id, change, limits, tick } = await open(await run(LIMITED))
    const { limits: before, unremovable, machine } = await limits()
    await change(NONE)
    const left = { ...NONE, cpu: unremovable.includes('cpu') ? machine.cores : null }
    expect((await limits()).limits).toMatchObject(left)
    await tick({ memoryLimitBytes: null, processesLimit: null })
    await change({ cpu: before.cpu, memory: before.memory, processes: before.processes })
    expect((await limits()).limits).toEqual(before)
    expect(await kernelLimits(id)).toMatchObject({ cpu: 0.5, memory: 64 * MIB, processes: 100 })
  })

  test('are changed where it was made with a quota, or with no limit at all', async () => {
    const quota = await open(await run(['--cpu-quota', '50000']))
    await quota.change({ cpu: 0.25, memory: 64 * MIB })
    expect(await kernelLimits(quota.id)).toMatchObject({
      cpu: 0.25,
      memory: 64 * MIB,
      andSwap: 128 * MIB,
    })
    expect((await quota.limits()).unremovable).not.toContain('cpu')
    await quota.change({ cpu: null })
    expect(await kernelLimits(quota.id)).toMatchObject({ cpu: null })
    await quota.change({ cpu: 1 })
    expect(await kernelLimits(quota.id)).toMatchObject({ cpu: 1 })
  })

  test('are kept over a restart, or not, as is said before', async () => {
    const name = await run(LIMITED)
    const { id, change, limits } = await open(name)
    await change({ memory: 96 * MIB })
    await cli(['restart', '--time', '0', name])
    const { lasting } = await limits()
    expect(await kernelLimits(id)).toMatchObject({ memory: (lasting ? 96 : 64) * MIB })
  })

  test('that it cannot keep are refused in words, before anything is sent', async () => {
    const { id, change, tick } = await open(await run(LIMITED, ['sh', '-c', HOLD]))
    await tick({}, (figure) => (figure('memoryAnonymousBytes') ?? 0) >= 32 * MIB)
    await expect(change({ memory: 16 * MIB })).rejects.toMatchObject({
      code: 'invalid-input',
      message: 'The container holds more memory than that and cannot give it back.',
    })
    await expect(change({ cpu: 4_096 })).rejects.toMatchObject({ code: 'invalid-input' })
    expect(await kernelLimits(id)).toMatchObject({ cpu: 0.5, memory: 64 * MIB })
  })

  test.skipIf(!existsSync('/sys/fs/cgroup/memory'))(
    'that the kernel refuses are told in words (cgroup v1)',
    async () => {
      const { id, change, tick } = await open(await run(LIMITED, ['sh', '-c', SHARE]))
      await tick({}, (figure) => (figure('memoryCacheBytes') ?? 0) >= 32 * MIB)
      await expect(change({ memory: 16 * MIB })).rejects.toMatchObject({
        code: 'conflict',
        message: 'The container holds more memory than that and cannot give it back.',
        data: { engineMessage: expect.any(String) as string },
      })
      expect(await kernelLimits(id)).toMatchObject({ memory: 64 * MIB })
    },
  )

  test('that does not run, and how it restarts, are changed, or said not to be', async () => {
    const { api, engineId, id, change, limits } = await open(await create())
    const wanted: LimitChanges[] = [
      { memory: 64 * MIB },
      { restart: { name: 'on-failure', maximumRetries: 3 } },
    ]
    if (engine.kind === 'docker') {
      for (const one of wanted) await change(one)
      expect((await limits()).limits).toMatchObject({ ...wanted[0], ...wanted[1] })
      await itemsOf(api.containers.watch({ engineId }), (all) =>
        all.some((one) => one.id === id && one.memoryLimitBytes === 64 * MIB),
      )
      await cli(['start', id])
      expect(await kernelLimits(id)).toMatchObject({ memory: 64 * MIB })
    } else {
      const { unchangeable } = await limits()
      expect(unchangeable).toContainEqual({
        field: 'memory',
        reason: 'not-running',
        since: 'Podman 5.1',
      })
      for (const one of wanted) {
        await expect(change(one)).rejects.toMatchObject({ code: 'invalid-input' })
      }
      await cli(['start', id])
      const { unchangeable: whileRunning } = await limits()
      expect(whileRunning.map(({ field }) => field)).toEqual(['restart'])
    }
  })

  /** The app beside a container, as a page sees both. */
  async function open(name: string) {
    const client = await openClient({ engine: engine.socket })
    const { api } = client
    const { id: engineId } = await client.engine()
    const id = await idOf(name)
    await itemsOf(api.containers.watch({ engineId }), (all) => all.some((one) => one.id === id))
    return {
      api,
      engineId,
      id,
      change: (changes: LimitChanges) => api.containers.update({ engineId, id, changes }),
      limits: () => api.containers.limits({ engineId, id }),
      /** The first tick, of those of the last minute too, with these figures. */
      tick: (
        known: Partial<Record<Metric, number | null>>,
        fits: (figure: (metric: Metric) => number | null) => boolean = () => true,
      ) =>
        firstOf(api.stats.watch({ engineId }), (message) => {
          const figure = figuresAt(message, id)
          if (!figure) return false
          const isKnown = ([metric, value]: [string, number | null]) =>
            figure(metric as Metric) === value
          return Object.entries(known).every(isKnown) && fits(figure)
        }),
    }
  }

  /** As the kernel has them: null is no limit. Read without the code under test. */
  async function kernelLimits(id: string) {
    const pid = await cli(['inspect', '--format', '{{.State.Pid}}', id])
    const isV1 = existsSync('/sys/fs/cgroup/memory')
    const read = (controller: string, name: string): string | null => {
      const file = join(
        '/sys/fs/cgroup',
        isV1 ? controller : '',
        pathOf(pid, isV1 ? controller : ''),
      )
      return existsSync(join(file, name)) ? readFileSync(join(file, name), 'utf8').trim() : null
    }
    const number = (text: string | null | undefined) => {
      const value = Number(text ?? 'max')
      return value >= 0 && value < 2 ** 62 ? value : null
    }
    if (isV1) {
      const quota = number(read('cpu', 'cpu.cfs_quota_us'))
      return {
        cpu: quota === null ? null : quota / Number(read('cpu', 'cpu.cfs_period_us')),
        memory: number(read('memory', 'memory.limit_in_bytes')),
        andSwap: number(read('memory', 'memory.memsw.limit_in_bytes')),
        reservation: number(read('memory', 'memory.soft_limit_in_bytes')),
        processes: number(read('pids', 'pids.max')),
      }
    }
    const [quota, period] = (read('', 'cpu.max') ?? 'max').split(' ')
    const memory = number(read('', 'memory.max'))
    const swap = number(read('', 'memory.swap.max'))
    return {
      cpu: number(quota) === null ? null : Number(quota) / Number(period),
      memory,
      andSwap: memory === null || swap === null ? null : memory + swap,
      reservation: number(read('', 'memory.low')) || null,
      processes: number(read('', 'pids.max')),
    }
  }
})

function figuresAt({ containers }: StatsTick, id: string) {
  const values = containers.find((one) => one.id === id)?.values
  return values && ((metric: Metric) => values[metricIndex[metric]] ?? null)
}

/** A process's cgroup in the hierarchy of a v1 controller, or '' for v2. */
function pathOf(pid: string, controller: string): string {
  const lines = readFileSync(`/proc/${pid}/cgroup`, 'utf8').split('\n')
  const line = lines.find((each) => each.split(':')[1]?.split(',').includes(controller))
  return line?.split(':')[2] ?? ''
}
