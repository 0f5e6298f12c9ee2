import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import type { Api } from '../../preload/contract'
import { problem, type Problem } from '../../preload/contract/errors'
import type { Job } from '../../preload/contract/jobs'
import type { EngineFacts } from '../bed'
import { openClient, type Client } from '../client'
import { maker, newName } from '../e2e/things'
import { endOf, newImage } from '../images'
import { openLog } from '../logs'
import { openTerminal } from '../terminal'
import { startEngineProxy } from './engineProxy'
import { watchLists } from './liveLists'
import { expectRightAgain, truthOf } from './rightAgain'
import { connectedAt } from './scene'
import type { Spoiling } from './spoiling'
import { WAIT } from './watching'

const bed = inject('bed')

/** The longest that a call may take to fail, milliseconds: the time-out of one, on a busy machine. */
const MOST_MILLIS = 45_000
const DELAY_MILLIS = 700

interface Stage {
  engine: EngineFacts
  client: Client
  api: Api
  engineId: string
  /** Of a container that runs and has written a hundred lines. */
  id: string
  imageId: string
  pushed: string
}

interface Kind {
  path: RegExp
  /** Where a cut, or an overwriting, meets it: bytes into the body as it is sent. */
  at: number
  /** How many bytes are overwritten. */
  bytes?: number
  /**
   * Asks for it, and resolves with what a person is shown: the same each time when all is well. For answers that
   * the connection itself asks for there is none: it connects anew.
   */
  ask?: (stage: Stage) => Promise<unknown>
}

/** Every kind of answer that Longshore reads. What follows 12 bytes is within the first chunk of HTTP. */
const kinds: Readonly<Record<string, Kind>> = {
  ping: { path: /^\/_ping/, at: 1 },
  version: { path: /^\/version/, at: 20 },
  info: { path: /\/info/, at: 40 },
  containers: { path: /\/containers\/json/, at: 40 },
  images: { path: /\/images\/json/, at: 40 },
  networks: { path: /\/networks(\/json)?(\?|$)/, at: 40 },
  volumes: { path: /\/volumes(\/json)?(\?|$)/, at: 12 },
  'container inspect': {
    path: /\/containers\/[0-9a-f]+\/json/,
    at: 40,
    ask: ({ api, engineId, id }) => api.containers.inspect({ engineId, id }),
  },
  'image inspect': {
    path: /\/images\/[^/]+\/json/,
    at: 40,
    ask: ({ api, engineId, imageId }) => api.images.inspect({ engineId, id: imageId }),
  },
  events: {
    path: /\/events/,
    at: 40,
    // Something happens, so that there is an event to spoil.
    ask: async ({ engine }) => {
      const { cli } = maker(engine, bed.busybox)
      const name = newName('event')
      await cli(['volume', 'create', name])
      await cli(['volume', 'rm', name])
    },
  },
  logs: {
    path: /\/logs\?/,
    at: 20,
    bytes: 64,
    ask: async ({ api, engineId, id }) => {
      const log = await openLog(api, { engineId, ids: [id], follow: false })
      const shown = log.lines.map(({ text }) => text)
      await log.close()
      return shown
    },
  },
  exec: {
    path: /\/exec\/|\/containers\/[0-9a-f]+\/exec/,
    at: 12,
    ask: async ({ api, engineId, id }) => {
      const terminal = await openTerminal(api, engineId, id, { kind: 'exec' })
      await terminal.type('echo here-$((1 + 1))\r')
      await terminal.until('here-2')
      await api.terminals.close({ terminalId: terminal.id })
    },
  },
  'pull progress': {
    path: /\/images\/(create|pull)/,
    at: 40,
    ask: async ({ client, engineId, pushed }) => {
      const { jobId } = await client.api.images.pull({ engineId, reference: pushed })
      return stateOf(await endOf(client, jobId))
    },
  },
  'exported archive': {
    path: /\/containers\/[0-9a-f]+\/export/,
    at: 100_000,
    ask: async ({ client, engineId, id }) => {
      const file = join(mkdtempSync(join(bed.folder, 'export-')), 'all.tar')
      const { jobId } = await client.api.archives.export({
        ...{ engineId, containerId: id, file, overwrite: false },
      })
      return stateOf(await endOf(client, jobId))
    },
  },
}

const spoilings: Readonly<Record<string, (kind: Kind) => Spoiling>> = {
  truncate: ({ at }) => ({ kind: 'truncate', afterBytes: at }),
  delay: () => ({ kind: 'delay', millis: DELAY_MILLIS }),
  split: () => ({ kind: 'split', bytes: 4_000 }),
  corrupt: ({ at, bytes = 8 }) => ({ kind: 'corrupt', at: at === 1 ? 0 : at, bytes }),
}
/** These change nothing but the time: what is asked for must come, and be right. */
const HARMLESS: readonly string[] = ['delay', 'split']

describe.each(bed.engines)('an answer of $kind', (engine) => {
  test.each(Object.keys(kinds))('%s: cut, late, in pieces and garbled', async (name) => {
    const kind = kinds[name]
    if (!kind) throw new Error('unreachable')
    const proxy = await startEngineProxy(engine, bed.folder)
    const client = await openClient({ engine: proxy.socket })
    const { id: engineId } = await client.engine()
    const lists = watchLists(client.api, engineId)
    const { cli, run, idOf } = maker(engine, bed.busybox)
    const id = await idOf(await run([], ['sh', '-c', 'seq 1 100; sleep 1000']))
    await expect.poll(() => cli(['logs', '--tail', '1', id]), WAIT).toBe('100')
    const imageId = await cli(['inspect', '--format', '{{.Image}}', id])
    const pushed = name.startsWith('pull')
      ? await newImage(engine, `${bed.registries.open.host}/${newName()}`)
      : ''
    if (pushed !== '') await cli(['push', pushed])
    await expect
      .poll(async () => isDeepStrictEqual(lists.now(), await truthOf(engine)), WAIT)
      .toBe(true)
    const stage = {
      ...{ engine, client, api: client.api, engineId, id, pushed },
      imageId: imageId.startsWith('sha256:') ? imageId : `sha256:${imageId}`,
    }
    const right = await kind.ask?.(stage)

    for (const [way, of] of Object.entries(spoilings)) {
      const spoiled = proxy.spoil(kind.path, of(kind))
      onTestFinished(() => spoiled.lift())
      const closedAt = Date.now()
      if (!kind.ask || name === 'events') proxy.closeAll()
      // The stream has to be open before something happens that it tells.
      if (name === 'events') {
        await client.engine((one) => one.state === 'connected' && one.stateSince >= closedAt)
      }
      const shown = kind.ask ? await within(kind.ask(stage)) : null
      await expect.poll(() => spoiled.hits(), WAIT).toBeGreaterThan(0)
      if (shown && 'failure' in shown) {
        expect(HARMLESS, JSON.stringify(shown.failure)).not.toContain(way)
        expect(shown.failure.message).toMatch(/\w+ \w+/)
      } else if (shown) expect(shown.value, way).toEqual(right)
      spoiled.lift()
      await expectRightAgain(engine, lists, {
        ...{ name: `${name}, ${way}`, since: Date.now() },
        connectedAt: () => connectedAt(client.api),
      })
      expect(await within(kind.ask?.(stage)), `after ${way}`).toEqual({ value: right })
    }
  })
})

/** Throws why it failed. */
function stateOf(job: Job): Job['state'] {
  if (job.state !== 'succeeded') throw Object.assign(new Error(), job.problem)
  return job.state
}

interface Shown {
  value?: unknown
  failure?: Problem
}

/** What came of it; it must not hang. */
async function within(work: Promise<unknown> | undefined): Promise<Shown> {
  const late = new AbortController()
  const limit = delay(MOST_MILLIS, undefined, { signal: late.signal }).then(() => {
    throw new Error(`Nothing came within ${MOST_MILLIS / 1000} s.`)
  })
  limit.catch(() => undefined)
  const result = Promise.resolve(work).then(
    (value): Shown => ({ value }),
    (reason: unknown): Shown => ({ failure: problem.parse(reason) }),
  )
  try {
    return await Promise.race([result, limit])
  } finally {
    late.abort()
  }
}
