import { randomUUID } from 'node:crypto'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { applyMessage } from '../../preload/contract/base'
import type { Container } from '../../preload/contract/containers'
import type { EngineState } from '../../preload/contract/engines'
import {
  engineCli,
  makeBusyboxImage,
  makeLayeredImage,
  startDocker,
  startPodman,
  type Engine,
} from '../bed'
import { firstOf, itemsOf, openClient, type Client } from '../client'

const bed = inject('bed')
const busybox = 'localhost/longshore-test/busybox:1'

const starters = { docker: startDocker, podman: startPodman }

describe.each(['docker', 'podman'] as const)('%s that comes and goes', (kind) => {
  /** An engine of this test's own, which may be ill-treated. */
  async function start(options: { diskBytes?: number } = {}): Promise<Engine> {
    const engine = await starters[kind](bed.folder, options)
    onTestFinished(() => engine.stop())
    await makeBusyboxImage(engine, busybox)
    return engine
  }

  const reach = (client: Client, state: EngineState) =>
    client.engine((engine) => engine.state === state)

  test('killed and started again: reconnecting, then the list is right without asking', async () => {
    const engine = await start()
    const client = await openClient({ engine: engine.socket })
    const { id: engineId } = await reach(client, 'connected')
    const cli = engineCli(engine)
    const id = await cli(['run', '-d', '--name', 'kept', busybox, 'sleep', '1000'])
    let items: ReadonlyMap<string, Container> = new Map()
    const watching = (async () => {
      for await (const message of await client.api.containers.watch({ engineId })) {
        items = applyMessage(items, message)
        if (message.kind === 'patch' && items.size === 0) return
      }
    })()
    await expect.poll(() => items.get(id)?.state).toBe('running')
    await engine.kill()
    const lost = await reach(client, 'reconnecting')
    expect(lost.problem).toMatchObject({ code: 'engine-unreachable' })
    expect(lost.problem?.hint).toMatch(/reconnects/)
    expect(lost.lastHeardAt).not.toBeNull()
    await expect(client.api.containers.stop({ engineId, ids: [id] })).rejects.toMatchObject({
      code: 'engine-unreachable',
    })
    await engine.start()
    await reach(client, 'connected')
    // What happened meanwhile and what happens from now on both arrive in the same stream.
    await cli(['rm', '--force', 'kept'])
    await watching
  })

  test('frozen: stale with an age, calls end in time, and connected again when it thaws', async () => {
    const engine = await start()
    const client = await openClient({ engine: engine.socket })
    await reach(client, 'connected')
    await engine.freeze()
    const stale = await reach(client, 'stale')
    expect(stale.problem).toMatchObject({ code: 'timeout' })
    engine.thaw()
    await reach(client, 'connected')
  })

  test('a full disk on pull: the job fails in words, and the app goes on', async () => {
    const reference = `${bed.registries.open.host}/full-${randomUUID().slice(0, 8)}:1`
    const shared = bed[kind]
    await makeLayeredImage(shared, reference, 2, 64 * 1024 * 1024)
    await engineCli(shared)(['push', reference])
    await engineCli(shared)(['rmi', reference])
    const engine = await start({ diskBytes: 96 * 1024 * 1024 })
    const client = await openClient({ engine: engine.socket })
    const { id: engineId } = await reach(client, 'connected')
    const { jobId } = await client.api.images.pull({ engineId, reference })
    const jobs = await itemsOf(client.api.jobs.watch(), (all) =>
      all.some((job) => job.id === jobId && job.state !== 'running'),
    )
    expect(jobs.find((job) => job.id === jobId)).toMatchObject({
      state: 'failed',
      problem: { code: 'disk-full', hint: expect.stringMatching(/Remove images/) as string },
    })
    const images = await itemsOf(client.api.images.watch({ engineId }), () => true)
    expect(images.flatMap((image) => image.references)).toContain(busybox)
  })
})

describe('an engine that is not to be had', () => {
  const attemptsAt = async (engine: string) => {
    const { api } = await openClient({ engine })
    const message = await firstOf(api.engines.watch(), ({ searching }) => !searching)
    expect(message.engines).toEqual([])
    return message.attempts
  }

  test('absent: what was tried, and what to do', async () => {
    const socket = join(bed.folder, 'absent.sock')
    expect(await attemptsAt(socket)).toMatchObject([
      {
        endpoint: socket,
        problem: { code: 'engine-unreachable', hint: expect.stringMatching(/Start it/) as string },
      },
    ])
  })

  test('accepts and never answers: a time-out, not a hang', async () => {
    const socket = join(bed.folder, `silent-${randomUUID().slice(0, 8)}.sock`)
    const server = createServer().listen(socket)
    onTestFinished(() => void server.close())
    expect(await attemptsAt(socket)).toMatchObject([{ problem: { code: 'timeout' } }])
  })

  test('something else that listens there is not taken for an engine', async () => {
    const socket = join(bed.folder, `other-${randomUUID().slice(0, 8)}.sock`)
    const server = createServer((connection) => {
      connection.end('HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello')
    }).listen(socket)
    onTestFinished(() => void server.close())
    expect(await attemptsAt(socket)).toMatchObject([
      {
        problem: {
          code: 'engine-error',
          message: expect.stringMatching(/not a container engine/) as string,
        },
      },
    ])
  })

  test('an address that is none is refused in words', async () => {
    expect(await attemptsAt('ftp://host/')).toMatchObject([{ problem: { code: 'invalid-input' } }])
  })
})

test('a name given as --engine chooses among the usual places', async () => {
  const { api } = await openClient({ engine: 'no-such-engine' })
  const { attempts } = await firstOf(api.engines.watch(), ({ searching }) => !searching)
  expect(attempts).toMatchObject([
    { problem: { code: 'invalid-input', hint: expect.stringMatching(/colima/) as string } },
  ])
})
