import { linkSignals } from '../deadline'

/** Between two messages, milliseconds. */
const tellMillis = 100

/**
 * Work as a stream: how far it is, now and then, and what it came to at the end. Whoever ends the stream
 * ends the work, and the stream has ended when the work has.
 */
export async function* reported<Progress, Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  progress: () => Progress,
  result: (result: Result) => Progress,
  signal: AbortSignal,
): AsyncGenerator<Progress, void, void> {
  const link = linkSignals([signal])
  const working = work(link.signal)
  const ended = working.then(
    () => undefined,
    () => undefined,
  )
  try {
    for (;;) {
      yield progress()
      if (await isOverWithin(tellMillis, ended)) break
    }
    yield result(await working)
  } finally {
    link.abort(new DOMException('Nobody looks any more.', 'AbortError'))
    await ended
    link.release()
  }
}

async function isOverWithin(millis: number, ended: Promise<undefined>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const later = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), millis)
  })
  try {
    return await Promise.race([ended.then(() => true), later])
  } finally {
    clearTimeout(timer)
  }
}
