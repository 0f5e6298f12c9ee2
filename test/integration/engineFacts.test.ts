import { describe, expect, inject, onTestFinished, test } from 'vitest'
import type { DiskKind, DiskUsageMessage } from '../../preload/contract/diskUsage'
import { makeBusyboxImage, startDocker, startPodman } from '../bed'
import { engineRequest } from '../bed/api'
import { firstOf, openClient } from '../client'
import { humanSize, toldByCli } from '../diskUsage'
import { maker, newName } from '../e2e/things'
import { holdEngine } from '../heldEngine'
import { openOn } from '../images'

const bed = inject('bed')

describe.each(bed.engines)('of $kind', (engine) => {
  const { cli } = maker(engine, bed.busybox)

  test('the facts are those that the command line tells', async () => {
    const { api, engineId } = await openOn(engine)
    const { facts, rawJson } = await api.engines.facts({ engineId })
    const told = async (format: string) => cli(['info', '--format', `{{${format}}}`])
    expect(facts.storage.driver).toBe(await told('.Driver'))
    expect(facts.storage.rootFolder).toBe(await told('.DockerRootDir'))
    expect(facts.cgroup.driver).toBe(await told('.CgroupDriver'))
    expect(facts.cgroup.version).toBe(await told('.CgroupVersion'))
    expect(facts.machine.kernel).toBe(await told('.KernelVersion'))
    expect(facts.runtimes.usual).toBe(await told('.DefaultRuntime'))
    expect(facts.components[0]?.version).toBe(
      await cli(['version', '--format', '{{.Server.Version}}']),
    )
    expect(facts.components.map(({ name }) => name).join()).toMatch(/runc/i)
    expect(facts.storage.status.map(({ name }) => name)).toContain('Backing Filesystem')
    expect(facts.security.seccomp).toBe(true)
    expect(facts.security.rootless).toBe(false)
    const shown = JSON.parse(rawJson) as Record<string, unknown>
    expect(Object.keys(shown)).toEqual(expect.arrayContaining(['version', 'info']))
    // Word for word, but for what has changed meanwhile.
    const { body } = await engineRequest(engine, 'GET', '/info')
    expect(Object.keys(shown.info as object)).toEqual(Object.keys(JSON.parse(body) as object))
  })

  test('the disk is measured as its command line measures it', async () => {
    // Of its own: on a shared one other tests' leftovers go between two measurings.
    const own = await { docker: startDocker, podman: startPodman }[engine.kind](bed.folder)
    onTestFinished(() => own.stop())
    await makeBusyboxImage(own, bed.busybox)
    const { cli, run, create, image } = maker(own, bed.busybox)
    const { api, engineId } = await openOn(own)
    const unused = await image()
    const volume = newName('volume')
    onTestFinished(() => cli(['volume', 'rm', volume]).then(() => undefined))
    const writer = await run(
      ['--volume', `${volume}:/data`],
      [
        'sh',
        '-c',
        'head -c 300000 /dev/zero > /own; head -c 500000 /dev/zero > /data/file; sleep 1000',
      ],
    )
    const stopped = await create()
    await expect
      .poll(() => cli(['exec', writer, 'stat', '-c', '%s', '/data/file']).catch(String))
      .toBe('500000')

    const usages = await measured(api.engines.diskUsage({ engineId }))
    const told = await toldByCli(own)
    const names: [DiskKind, string][] = [
      ['images', 'Images'],
      ['containers', 'Containers'],
      ['volumes', 'Local Volumes'],
      ...(engine.kind === 'docker' ? [['buildCache', 'Build Cache'] as [DiskKind, string]] : []),
    ]
    expect([...usages.keys()]).toEqual(names.map(([kind]) => kind))
    for (const [kind, name] of names) {
      const usage = usages.get(kind)
      expect({
        count: usage?.count,
        active: usage?.active,
        size: humanSize(usage?.bytes ?? -1),
        // Podman's command line counts what unused images share once for each of them.
        reclaimable: usage?.reclaimableAtLeast
          ? told.get(name)?.reclaimable
          : humanSize(usage?.reclaimableBytes ?? -1),
      }).toEqual(told.get(name))
    }
    expect(usages.get('images')?.reclaimableAtLeast).toBe(engine.kind === 'podman')

    const biggest = (kind: DiskKind, name: string) =>
      usages.get(kind)?.biggest.find((item) => item.name === name)
    expect(biggest('images', unused)).toMatchObject({ active: false })
    expect(biggest('images', unused)?.bytes).toBeGreaterThanOrEqual(3 * 256 * 1024)
    // Podman keeps an image for each step of a build, and they share all but the last layer.
    const itsOwn = engine.kind === 'docker' ? 3 * 256 * 1024 : 256 * 1024
    expect(biggest('images', unused)?.reclaimableBytes).toBeGreaterThanOrEqual(itsOwn)
    expect(biggest('volumes', volume)).toMatchObject({ active: true, reclaimableBytes: 0 })
    expect(biggest('volumes', volume)?.bytes).toBeGreaterThanOrEqual(500_000)
    expect(biggest('containers', writer)).toMatchObject({ active: true })
    expect(biggest('containers', writer)?.bytes).toBeGreaterThanOrEqual(300_000)
    expect(biggest('containers', stopped)).toMatchObject({ active: false })
  })

  test('a measuring says what is counted; giving it up ends the request, and another can begin', async () => {
    const held = await holdEngine(engine, bed.folder, '/system/df')
    onTestFinished(held.close)
    const client = await openClient({ engine: held.socket })
    const { id: engineId } = await client.engine()
    const giveUp = new AbortController()
    const watching = client.api.engines.diskUsage({ engineId }, { signal: giveUp.signal })
    const first = await firstOf(watching, () => true)
    expect(first).toMatchObject({ kind: 'counting', since: expect.any(Number) as number })
    // Leaving the loop ended the stream.
    await expect.poll(held.givenUp, { timeout: 20_000 }).toBe(held.held())

    const { signal } = giveUp
    const messages = await client.api.engines.diskUsage({ engineId }, { signal })
    await messages.next()
    const next = messages.next()
    next.catch(() => undefined)
    await expect.poll(held.held, { timeout: 20_000 }).toBeGreaterThan(held.givenUp())
    await expect(
      firstOf(client.api.engines.diskUsage({ engineId }), () => true),
    ).rejects.toMatchObject({ code: 'conflict' })
    giveUp.abort()
    await expect.poll(() => held.givenUp() === held.held(), { timeout: 20_000 }).toBe(true)

    held.release()
    expect((await measured(client.api.engines.diskUsage({ engineId }))).size).toBeGreaterThan(2)
  })
})

/** All that a measuring tells, by its kind; fails where it does not come to its end. */
async function measured(stream: Promise<AsyncIterable<DiskUsageMessage>>) {
  const messages: DiskUsageMessage[] = []
  for await (const message of await stream) messages.push(message)
  expect(messages[0]).toMatchObject({ kind: 'counting' })
  expect(messages.at(-1)).toMatchObject({ kind: 'measured' })
  const usages = messages.flatMap((message) => (message.kind === 'counted' ? message.usages : []))
  return new Map(usages.map((usage) => [usage.kind, usage]))
}
