import { randomUUID } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { expect } from 'vitest'
import type { Api } from '../../preload/contract'
import { engineCli, type EngineFacts } from '../bed'
import { reachApp } from '../appOnPort'
import { itemsOf } from '../client'

const WAIT = { timeout: 60_000, interval: 50 }

/** An engine under the soak, and a container on it that is always there. */
export interface SoakedEngine {
  engine: EngineFacts
  engineId: string
  busybox: string
  residentId: string
}

/** Containers come and go, as another client makes them. */
export async function churn({ engine, busybox }: SoakedEngine): Promise<void> {
  const cli = engineCli(engine)
  const names = [1, 2].map(() => `churn-${randomUUID().slice(0, 8)}`)
  for (const name of names) {
    await cli([
      'create',
      '--name',
      name,
      '--network',
      'none',
      busybox,
      'sh',
      '-c',
      'seq 1 50; sleep 1000',
    ])
    await cli(['start', name])
  }
  for (const name of names) await cli(['kill', name])
  await cli(['rm', '--force', ...names])
}

/**
 * A person looks at every page of an engine, types into a terminal and leaves. While pages are open, `meanwhile`
 * happens: an engine may end in it, so what fails of that is no failure here.
 */
export async function visit(
  port: number,
  { engineId, residentId }: SoakedEngine,
  meanwhile: () => Promise<void>,
): Promise<void> {
  const { api, close } = reachApp(port)
  const leaving = new AbortController()
  const { signal } = leaving
  setMaxListeners(0, signal)
  const isUp = ({ id, state }: { id: string; state: string }) =>
    id === residentId && state === 'running'
  await itemsOf(api.containers.watch({ engineId }, { signal }), (all) => all.some(isUp))
  const pages = openPages(api, { engineId, containerId: residentId }, signal)
  try {
    await expect.poll(() => pages.speaking(), WAIT).toBe(pages.count)
    await useTerminal(api, { engineId, containerId: residentId }, signal)
    await meanwhile()
  } finally {
    leaving.abort()
    await pages.over
    // Behind what tells that the streams are left.
    await api.application.about()
    close()
  }
}

function openPages(
  api: Api,
  { engineId, containerId }: { engineId: string; containerId: string },
  signal: AbortSignal,
) {
  const at = { engineId }
  const one = { engineId, id: containerId }
  const target = { engineId, containerId }
  const streams: Promise<AsyncIterable<unknown>>[] = [
    api.engines.watch(undefined, { signal }),
    api.containers.watch(at, { signal }),
    api.images.watch(at, { signal }),
    api.networks.watch(at, { signal }),
    api.volumes.watch(at, { signal }),
    api.terminals.watch(at, { signal }),
    api.jobs.watch(undefined, { signal }),
    api.stats.watch(at, { signal }),
    api.stats.marks(one, { signal }),
    api.processes.watch(one, { signal }),
    api.logs.open({ engineId, ids: [containerId] }, { signal }),
    api.files.watch({ target }, { signal }),
    api.files.list({ target, path: '/' }, { signal }),
  ]
  let speaking = 0
  const over = Promise.all(
    streams.map(async (stream) => {
      let hasSpoken = false
      const speak = () => {
        if (!hasSpoken) speaking += 1
        hasSpoken = true
      }
      try {
        const messages = (await stream)[Symbol.asyncIterator]()
        while (!(await messages.next()).done) speak()
      } catch {
        // Left, or its engine has ended.
      }
      speak()
    }),
  )
  return { count: streams.length, speaking: () => speaking, over }
}

async function useTerminal(
  api: Api,
  target: { engineId: string; containerId: string },
  signal: AbortSignal,
): Promise<void> {
  const size = { columns: 80, rows: 24 }
  const { terminalId } = await api.terminals.open({ kind: 'exec', ...target, ...size })
  await api.terminals.write({ terminalId, data: 'echo here-$((1 + 1))\r' })
  let text = ''
  for await (const message of await api.terminals.output({ terminalId, ...size }, { signal })) {
    if (message.kind !== 'size') text += message.data
    if (text.includes('here-2')) break
  }
  await api.terminals.close({ terminalId })
}
