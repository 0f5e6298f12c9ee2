import { say } from '../../preload/contract/say'
import { Failure } from '../errors'

/** An image's export that cannot be read, in words. */
export function damaged(why: string, cause?: unknown): Failure {
  return new Failure('invalid-input', say`The image's export is damaged: it ${why}.`, {
    hint: say`Try again; pull or build the image again if this goes on.`,
    ...(cause instanceof Error && { engineMessage: cause.message, cause }),
  })
}

/** The same of a tar within it. */
export function unreadable(error: unknown): Failure {
  return damaged(say`cannot be read`, error)
}
