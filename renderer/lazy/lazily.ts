import { backoffMillis, pause } from '../backoff'

/** With the pauses before them, about four seconds: longer than a change of the machine's networks. */
const retries = 4

/**
 * What `load` imports, tried again a few times while it cannot be had. In browser mode Chromium drops what it
 * is loading whenever the machine's networks change (ERR_NETWORK_CHANGED), and every container that starts
 * changes them. That a module could not be fetched is remembered by no browser: the same `import()` fetches it
 * again (seen with Chromium 156, also for what the module itself imports).
 *
 * For what is no component, such as a catalogue of words or a library:
 *
 *     const { german } = await lazily(() => import('./german'))
 *
 * It is not loaded ahead; call it when the thing is wanted. Components and pages are loaded lazily by
 * `lazyComponent` and `lazyPage`, which also show that they are loading, and that they cannot be loaded.
 *
 * @throws What the last attempt threw.
 */
export async function lazily<T>(load: () => Promise<T>): Promise<T> {
  for (let failures = 0; ; failures++) {
    try {
      return await load()
    } catch (error) {
      if (failures === retries) throw error
      await pause(backoffMillis(failures))
    }
  }
}
