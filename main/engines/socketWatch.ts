import { watch } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { log } from '../log'
import { socketPathOf, type Endpoint } from './endpoint'

/** How long changes are collected, milliseconds: an engine makes its socket and then sets its rights. */
const collectMillis = 50

/**
 * Calls back when a socket is made, goes, is replaced or gets other rights, where the system tells it: its
 * folder must be there. Nothing for an engine that is reached otherwise.
 *
 * @returns its undo
 */
export function watchSocket(endpoint: Endpoint, changed: () => void): () => void {
  const path = socketPathOf(endpoint)
  if (path === null) return () => undefined
  let timer: NodeJS.Timeout | null = null
  const tell = () => {
    timer = null
    changed()
  }
  try {
    const watcher = watch(dirname(path), { persistent: false }, (_, name) => {
      if (name === basename(path)) timer ??= setTimeout(tell, collectMillis)
    })
    watcher.on('error', (error) => {
      log.debug({ error, path }, 'the folder of a socket is not watched any more')
      watcher.close()
    })
    return () => {
      if (timer) clearTimeout(timer)
      watcher.close()
    }
  } catch (error) {
    // No such folder, or too many watches; whoever waits tries again after a while.
    log.debug({ error, path }, 'the folder of a socket cannot be watched')
    return () => undefined
  }
}

/**
 * Which socket stands at an engine's path, links followed: another one is another engine, or the same after
 * a restart, while connections to the former live on. Null where there is none, or no path.
 */
export async function socketIdentity(endpoint: Endpoint): Promise<string | null> {
  const path = socketPathOf(endpoint)
  if (path === null) return null
  try {
    const { dev, ino, birthtimeMs } = await stat(path)
    return `${dev}:${ino}:${birthtimeMs}`
  } catch {
    return null
  }
}
