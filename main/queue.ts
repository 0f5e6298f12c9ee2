/** Runs one piece of work at a time: each begins with what the one before it kept. */
export function createQueue() {
  let last: Promise<unknown> = Promise.resolve()
  return function exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = last.then(work, work)
    last = result.catch(() => undefined)
    return result
  }
}
