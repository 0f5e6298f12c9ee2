import type { Unreadable } from '../../preload/contract/isolation'
import { isMissing, systemCodeOf } from '../systemFiles'

/** Collects what could not be read, so that the rest is shown all the same. */
export class Unread {
  readonly list: Unreadable[] = []

  /** What `read` gives; null, and a note of the reason, where it fails. */
  async orNull<Result>(
    part: Unreadable['part'],
    read: () => Promise<Result>,
  ): Promise<Result | null> {
    try {
      return await read()
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      this.list.push({ part, reason: reasonOf(error), message })
      return null
    }
  }
}

function reasonOf(error: unknown): Unreadable['reason'] {
  if (isMissing(error)) return 'missing'
  const code = systemCodeOf(error)
  return code === 'EACCES' || code === 'EPERM' ? 'permission' : 'other'
}
