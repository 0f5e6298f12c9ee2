import { linkSignals } from './deadline'

/**
 * Works on all items, so many at a time, in order. The first that fails ends the others through the
 * signal they were given, and is what this rejects with once they have ended.
 */
export async function inParallel<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const link = linkSignals([signal])
  const waiting = items.values()
  const failures: unknown[] = []
  const worker = async () => {
    for (const item of waiting) {
      if (failures.length > 0) return
      try {
        await work(item, link.signal)
      } catch (error) {
        failures.push(error)
        link.abort(new DOMException('Another part failed.', 'AbortError'))
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  link.release()
  if (failures.length > 0) throw failures[0]
}
