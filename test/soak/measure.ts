import { EventEmitter } from 'node:events'
import { readdirSync, readlinkSync } from 'node:fs'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { queryObjects } from 'node:v8'
import { AsyncIteratorClass } from '@orpc/server'
import { Watcher } from '../../main/live/watcher'
import { Connection } from '../../main/engines/connection'
import { LogSource } from '../../main/logs/follow'
import type { Held } from './held'

/** What is counted. Each of these holds a listener, or is one. */
const counted = {
  streamsToPages: AsyncIteratorClass,
  watchers: Watcher,
  connections: Connection,
  logSources: LogSource,
  signals: AbortSignal,
  emitters: EventEmitter,
  readables: Readable,
}

/** Wants `--expose-gc`. */
export async function measure(): Promise<Held> {
  const { gc } = globalThis
  if (!gc) throw new Error('Start with --expose-gc.')
  // What is only finalised at a collection is let go at the next one.
  for (let round = 0; round < 3; round += 1) {
    gc()
    await delay(20)
  }
  const objects = Object.fromEntries(
    Object.entries(counted).map(([name, kind]) => [name, queryObjects(kind, { format: 'count' })]),
  )
  gc()
  const { heapUsed } = process.memoryUsage()
  const resources = countedBy(process.getActiveResourcesInfo())
  return { heapBytes: heapUsed, resources, files: countedBy(kindsOfFiles()), objects }
}

function kindsOfFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [
        readlinkSync(`/proc/self/fd/${fd}`)
          .replace(/:\[\d+\]$/, '')
          .replace(/[0-9a-f]{12,}/g, 'ID')
          .replace(/\d+/g, 'N'),
      ]
    } catch {
      // The one that the folder was read by.
      return []
    }
  })
}

function countedBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1
  return counts
}
