import { Failure } from '../errors'

/** An image's export that cannot be read, in words. */
export function damaged(why: string, cause?: unknown): Failure {
  return new Failure('invalid-input', `The image's export is damaged: it ${why}.`, {
    hint: 'Try again; pull or build the image again if this goes on.',
    ...(cause instanceof Error && { engineMessage: cause.message, cause }),
  })
}

/** The same of a tar within it. */
export function unreadable(error: unknown): Failure {
  return damaged('cannot be read', error)
}
