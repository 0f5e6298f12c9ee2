/** What an app's process holds on to. Plain data, so it crosses to the test. */
export interface Held {
  /** Of the JavaScript heap, after everything was collected that can be. */
  heapBytes: number
  /** What keeps Node's loop busy, by kind: sockets, watches, timers of a library. */
  resources: Record<string, number>
  /** Open files of the process by kind: sockets, inotify, pipes, paths. */
  files: Record<string, number>
  /** Live objects: streams to pages, watchers of live values, signals that someone listens to, and so on. */
  objects: Record<string, number>
}

/** Of each thing the lesser number; what one of them lacks is none. */
export function leastOf(one: Held, other: Held): Held {
  return {
    heapBytes: Math.min(one.heapBytes, other.heapBytes),
    resources: leastCounts(one.resources, other.resources),
    files: leastCounts(one.files, other.files),
    objects: leastCounts(one.objects, other.objects),
  }
}

/** What there is more of than before, in words: handles, files, streams, listeners. */
export function moreThan(before: Held, now: Held): string[] {
  return (['resources', 'files', 'objects'] as const).flatMap((kind) =>
    Object.entries(now[kind])
      .filter(([name, count]) => count > (before[kind][name] ?? 0))
      .map(([name, count]) => `${kind}, ${name}: ${before[kind][name] ?? 0}, now ${count}`),
  )
}

function leastCounts(
  one: Record<string, number>,
  other: Record<string, number>,
): Record<string, number> {
  const least = Object.entries(one).map(([name, count]): [string, number] => [
    name,
    Math.min(count, other[name] ?? 0),
  ])
  return Object.fromEntries(least.filter(([, count]) => count > 0))
}
