import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { metricIndex } from '../../preload/contract/stats'
import { startDocker, startPodman } from '../bed'
import { itemsOf, firstOf, openClient } from '../client'

const bed = inject('bed')

describe.each([
  ['docker', startDocker],
  ['podman', startPodman],
] as const)('samples on %s', (_, start) => {
  test('four labelled containers with live figures, made offline, and removed together', async () => {
    const engine = await start(bed.folder)
    onTestFinished(() => engine.stop())
    const { api, ...client } = await openClient({ engine: engine.socket })
    const { id: engineId } = await client.engine()
    const { jobId } = await api.samples.start({ engineId })
    const jobs = await itemsOf(api.jobs.watch(), (all) =>
      all.some((job) => job.id === jobId && job.state !== 'running'),
    )
    expect(jobs[0]).toMatchObject({ state: 'succeeded', problem: null })
    const samples = await itemsOf(
      api.containers.watch({ engineId }),
      (all) => all.filter(({ sample, state }) => sample && state === 'running').length === 4,
    )
    const idOf = (name: string) => samples.find((one) => one.name.endsWith(name))?.id
    expect(samples.find((one) => one.name.endsWith('idle'))).toMatchObject({
      cpuLimitCores: 0.25,
      memoryLimitBytes: 32 * 1024 * 1024,
    })
    // The wave uses CPU, and the growing one grows: live, within seconds.
    let smallest = Infinity
    await firstOf(api.stats.watch({ engineId }), ({ containers }) => {
      const figure = (name: string, index: number) =>
        containers.find(({ id }) => id === idOf(name))?.values[index] ?? null
      const cpuPercent = figure('wave', metricIndex.cpuPercent)
      const memoryBytes = figure('growing', metricIndex.memoryBytes)
      if (cpuPercent === null || memoryBytes === null) return false
      smallest = Math.min(smallest, memoryBytes)
      return cpuPercent > 5 && memoryBytes > smallest + 4 * 1024 * 1024
    })
    const steady = { engineId, ids: [idOf('steady') ?? ''] }
    await firstOf(api.logs.open(steady), ({ newest }) =>
      (newest ?? []).some((line) => line.text === 'steady work, round 3'),
    )
    const { statsSource } = await client.engine((one) => one.statsSource !== null)
    expect(statsSource).toBe('cgroup')
    // Starting them again replaces them.
    await api.samples.start({ engineId })
    await itemsOf(
      api.containers.watch({ engineId }),
      (all) => all.length === 4 && all.every(({ id }) => !samples.some((old) => old.id === id)),
    )
    await itemsOf(api.jobs.watch(), (all) => all.every((job) => job.state === 'succeeded'))
    expect(await api.samples.remove({ engineId })).toEqual({ containers: 4 })
    await itemsOf(api.containers.watch({ engineId }), (all) => all.length === 0)
    await itemsOf(api.images.watch({ engineId }), (all) => all.length === 0)
  })
})
