import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import type { Container } from '../../preload/contract/containers'
import type { EngineState } from '../../preload/contract/engines'
import { engineCli } from '../bed'
import { issueCertificate, makeAuthority } from '../bed/certificates'
import { startOtherHost } from '../bed/netns'
import { startTlsFront } from '../bed/tlsFront'
import { openClient, type Client } from '../client'

const bed = inject('bed')
const WAIT = { timeout: 30_000 }
const port = 2376

/** The live list of containers as a page has it, and what would be wrong in it. */
function watchContainers({ api }: Client, engineId: string) {
  const items = new Map<string, Container>()
  /** Snapshots so far; items that were removed without being there. */
  const seen = { snapshots: 0, strangers: [] as string[] }
  const leaving = new AbortController()
  const following = follow().catch((error: unknown) => {
    if (!leaving.signal.aborted) throw error
  })
  onTestFinished(async () => {
    leaving.abort()
    await following
  })

  async function follow(): Promise<void> {
    const stream = await api.containers.watch({ engineId }, { signal: leaving.signal })
    for await (const message of stream) {
      if (message.kind === 'snapshot') {
        seen.snapshots += 1
        const ids = message.items.map(({ id }) => id)
        if (new Set(ids).size < ids.length) seen.strangers.push('twice in one snapshot')
        items.clear()
        for (const item of message.items) items.set(item.id, item)
      } else {
        for (const item of message.upsert) items.set(item.id, item)
        for (const id of message.remove) if (!items.delete(id)) seen.strangers.push(id)
      }
    }
  }
  return { items, seen }
}

describe.each(bed.engines)('$kind of another host, behind TLS', (engine) => {
  const cli = engineCli(engine)

  /** A container; removed after the test. */
  async function newContainer(): Promise<string> {
    const name = `cut-${randomUUID().slice(0, 8)}`
    onTestFinished(async () => {
      await cli(['rm', '--force', name]).catch(() => undefined)
    })
    return cli(['run', '--detach', '--name', name, bed.busybox, 'sleep', '1000'])
  }

  async function reach() {
    const authority = makeAuthority(bed.folder)
    const path = join(bed.folder, `front-${randomUUID().slice(0, 8)}.sock`)
    const host = await startOtherHost(bed.folder, { port, socket: path })
    onTestFinished(() => host.stop())
    const front = await startTlsFront(engine, {
      certificate: issueCertificate(bed.folder, authority, { addresses: [host.address] }),
      clientsFrom: authority,
      path,
    })
    onTestFinished(() => front.stop())
    const mine = issueCertificate(bed.folder, authority, {})
    const client = await openClient({ engine: null })
    const { engineId } = await client.api.engines.add({
      name: '',
      address: `tcp://${host.address}:${port}`,
      tls: {
        caFile: authority.certificateFile,
        certFile: mine.certificateFile,
        keyFile: mine.keyFile,
        verify: true,
      },
      ssh: null,
    })
    const untilState = (...states: EngineState[]) =>
      client.engine(({ state }) => states.includes(state))
    await untilState('connected')
    return { host, client, api: client.api, engineId, untilState }
  }

  test('cut off without a word: stale, calls end in words, and all is right again when the cable is back', async () => {
    const { host, client, api, engineId, untilState } = await reach()
    const [stays, goes] = [await newContainer(), await newContainer()]
    const { items, seen } = watchContainers(client, engineId)
    await expect.poll(() => items.get(stays)?.state, WAIT).toBe('running')
    await expect.poll(() => items.get(goes)?.state, WAIT).toBe('running')
    host.cut()
    const call = api.containers.inspect({ engineId, id: stays }).then(
      () => null,
      (error: unknown) => error,
    )
    const stale = await untilState('stale')
    expect(stale.problem).toMatchObject({ code: 'timeout' })
    expect(stale.lastHeardAt).not.toBeNull()
    // What was last known is still shown.
    expect([...items.keys()]).toEqual(expect.arrayContaining([stays, goes]))
    // Meanwhile there, where nobody can tell us.
    await cli(['rm', '--force', goes])
    await cli(['pause', stays])
    onTestFinished(async () => {
      await cli(['unpause', stays]).catch(() => undefined)
    })
    const comes = await newContainer()
    expect(await call).toMatchObject({
      code: expect.stringMatching(/^(timeout|engine-unreachable)$/) as string,
    })
    host.join()
    const back = performance.now()
    await untilState('connected')
    await expect.poll(() => items.get(comes)?.state, WAIT).toBe('running')
    const millis = performance.now() - back
    expect(items.get(stays)?.state).toBe('paused')
    expect(items.has(goes)).toBe(false)
    expect(seen.strangers).toEqual([])
    // Measured: 1 to 3 s. TCP's own tries would take up to as long again as the cable was out.
    expect(millis).toBeLessThan(15_000)
    // And what happens from now on comes by itself.
    await cli(['rm', '--force', comes])
    await expect.poll(() => items.has(comes), WAIT).toBe(false)
  })

  test('gone while it is looked for: not connected, and connected as soon as it can be reached', async () => {
    const { host, api, engineId, untilState } = await reach()
    host.cut()
    await untilState('stale', 'reconnecting')
    const address = { address: `tcp://${host.address}:${port}`, tls: null, ssh: null }
    await expect(api.engines.test(address)).rejects.toMatchObject({
      code: expect.stringMatching(/^(timeout|engine-unreachable)$/) as string,
    })
    host.join()
    await untilState('connected')
    const id = await newContainer()
    expect(await api.containers.inspect({ engineId, id })).toMatchObject({ id })
  })
})

test('another host leaves no bridge and no cable behind', async () => {
  const ours = () => readdirSync('/sys/class/net').filter((name) => /^ls[bc]-/.test(name))
  const before = ours()
  const host = await startOtherHost(bed.folder, { port, socket: bed.docker.socket })
  expect(ours()).toHaveLength(before.length + 2)
  await host.stop()
  expect(ours()).toEqual(before)
})
