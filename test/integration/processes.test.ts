import { describe, expect, inject, test } from 'vitest'
import type { TopMessage, TopProcess } from '../../preload/contract/processes'
import { engineCli } from '../bed'
import { firstOf, type Client } from '../client'
import { openOn } from '../images'
import { newContainer } from '../networks'

const bed = inject('bed')
const { busybox } = bed

/** Resolves with the processes once they are as wanted. */
async function untilProcesses(
  { api }: Client,
  input: { engineId: string; id: string },
  fit: (processes: TopProcess[]) => boolean,
): Promise<Extract<TopMessage, { kind: 'processes' }>> {
  const message = await firstOf(
    api.processes.watch(input),
    (each) => each.kind === 'processes' && fit(each.processes),
  )
  if (message.kind !== 'processes') throw new Error('unreachable')
  return message
}

describe.each(bed.engines)('processes of a container of $kind', (engine) => {
  const cli = engineCli(engine)

  test('are told as both sides count them, with what they use', async () => {
    const { client, engineId } = await openOn(engine)
    const { id, name } = await newContainer(engine, { busybox })
    await cli(['exec', '--detach', name, 'sh', '-c', 'while :; do :; done'])
    const input = { engineId, id }
    const { from, firstPid, processes } = await untilProcesses(client, input, (all) =>
      all.some(({ cpuPercent }) => (cpuPercent ?? 0) > 5),
    )
    expect(from).toBe('kernel')
    const first = processes.find(({ pid }) => pid === firstPid)
    expect(first).toMatchObject({ containerPid: 1, user: '0', state: 'S', command: 'sleep 1000' })
    expect(Math.abs(Date.now() - (first?.startedAt ?? 0))).toBeLessThan(60_000)
    expect(first?.residentBytes).toBeGreaterThan(0)
  })

  test('a signal ends one process and leaves the others; one that is gone gets none', async () => {
    const { client, api, engineId } = await openOn(engine)
    const { id, name } = await newContainer(engine, { busybox })
    await cli(['exec', '--detach', name, 'sleep', '777'])
    const input = { engineId, id }
    const isOther = ({ command }: TopProcess) => command === 'sleep 777'
    const { processes } = await untilProcesses(client, input, (all) => all.some(isOther))
    const other = processes.find(isOther)
    if (!other) throw new Error('unreachable')
    const { pid, containerPid, startedAt } = other
    const target = { ...input, pid, containerPid, startedAt }
    // What has its id now began at another time: it is not the one that was seen.
    await expect(
      api.processes.signal({ ...target, startedAt: (startedAt ?? 0) - 60_000, signal: 'KILL' }),
    ).rejects.toMatchObject({ code: 'not-found' })
    await api.processes.signal({ ...target, signal: 'STOP' })
    await untilProcesses(client, input, (all) =>
      all.some((each) => each.pid === pid && each.state === 'T'),
    )
    await api.processes.signal({ ...target, signal: 'KILL' })
    await untilProcesses(client, input, (all) => all.length > 0 && !all.some(isOther))
    await expect(api.processes.signal({ ...target, signal: 'TERM' })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test('the first process gets its signal from the engine; then nothing runs, and that is said', async () => {
    const { client, api, engineId } = await openOn(engine)
    const { id } = await newContainer(engine, { busybox })
    const input = { engineId, id }
    const { firstPid } = await untilProcesses(client, input, (all) => all.length > 0)
    await api.processes.signal({
      ...input,
      ...{ pid: firstPid, containerPid: 1, startedAt: null, signal: 'KILL' },
    })
    const nothing = await firstOf(api.processes.watch(input), ({ kind }) => kind === 'nothing')
    expect(nothing).toMatchObject({ problem: { code: 'conflict' } })
  })
})
