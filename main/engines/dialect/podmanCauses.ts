/**
 * Podman answers 500 for much that Docker tells apart; its `cause` (libpod/define/errors.go) says what
 * it was, in Docker's status.
 */
const statuses: [RegExp, number][] = [
  [/^no such (container|image|volume|network|object)|^image not known|^no such file/i, 404],
  [/container state improper|is in use|being used|already (exists|in use|paused|running)/i, 409],
]

/** The status that Docker would have answered; null where the cause says nothing. */
export function statusOfCause(cause: string): number | null {
  return statuses.find(([pattern]) => pattern.test(cause))?.[1] ?? null
}
