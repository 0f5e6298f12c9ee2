import { EventEmitter, getEventListeners } from 'node:events'
import { readdirSync, readlinkSync } from 'node:fs'
import { Readable } from 'node:stream'
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises'
import { AsyncIteratorClass } from '@orpc/server'
import { Watcher } from '../../main/live/watcher'
import { Connection } from '../../main/engines/connection'
import { LogSource } from '../../main/logs/follow'
import { lookAtObjects } from './heapObjects'
import type { Held } from './held'

/** What is counted, and beside it the listeners of all emitters and signals. */
const counted = Object.entries({
  streamsToPages: AsyncIteratorClass,
  watchers: Watcher,
  connections: Connection,
  logSources: LogSource,
  signals: AbortSignal,
  emitters: EventEmitter,
  readables: Readable,
})

/**
 * The app's own time before each look, milliseconds. Looking blocks it for longer: looked at without pause, it goes on by
 * a step or two between, and streams that were left long ago seem to stay open. One reading of a container's processes,
 * which the end of their stream waits for, took 16 looks without a pause, and one with this.
 */
const OWN_MILLIS = 300

/** Wants `--expose-gc`. */
export async function measure(): Promise<Held> {
  const { gc } = globalThis
  if (!gc) throw new Error('Start with --expose-gc.')
  await delay(OWN_MILLIS)
  const objects = await lookAtObjects(countObjects)
  // What is only finalised at a collection is let go at the next one.
  for (let round = 0; round < 3; round += 1) {
    await nextTurn()
    gc()
  }
  const { heapUsed } = process.memoryUsage()
  const resources = countedBy(process.getActiveResourcesInfo())
  return { heapBytes: heapUsed, resources, files: countedBy(kindsOfFiles()), objects }
}

function countObjects(all: readonly object[]): Record<string, number> {
  const counts: Record<string, number> = {}
  const add = (name: string, count: number) => (counts[name] = (counts[name] ?? 0) + count)
  for (const each of all) {
    for (const [name, kind] of counted) if (each instanceof kind) add(name, 1)
    add('listeners', listenersOf(each))
  }
  return counts
}

/** Prototypes are emitters and signals too by what `instanceof` asks, and have no list of listeners. */
function listenersOf(each: object): number {
  if (each instanceof EventEmitter && Object.hasOwn(each, '_events')) {
    return each.eventNames().reduce((sum, name) => sum + each.listenerCount(name), 0)
  }
  const isSignal = each instanceof AbortSignal && each !== AbortSignal.prototype
  return isSignal ? getEventListeners(each, 'abort').length : 0
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
