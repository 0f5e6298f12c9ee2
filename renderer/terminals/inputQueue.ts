import { MOST_WRITTEN } from '../../preload/contract/terminals'

/**
 * Sends what is typed in order: one piece at a time is under way, and what is typed meanwhile goes as one
 * with the next. So a large paste waits here for a program that reads slowly.
 *
 * @param send resolves when the piece has arrived; a rejection drops what waits and is told to `failed`
 */
export function createInputQueue(
  send: (data: string) => Promise<void>,
  failed: (error: unknown) => void,
): (data: string) => void {
  let waiting = ''
  let sending = false

  async function work(): Promise<void> {
    sending = true
    try {
      while (waiting !== '') {
        const piece = waiting.slice(0, wholeCharacters(waiting))
        waiting = waiting.slice(piece.length)
        await send(piece)
      }
    } catch (error) {
      waiting = ''
      failed(error)
    } finally {
      sending = false
    }
  }

  return (data) => {
    waiting += data
    if (!sending) void work()
  }
}

/** How many UTF-16 units of a text can be written at once without cutting a character in two. */
function wholeCharacters(text: string): number {
  if (text.length <= MOST_WRITTEN) return text.length
  const last = text.charCodeAt(MOST_WRITTEN - 1)
  return last >= 0xd800 && last < 0xdc00 ? MOST_WRITTEN - 1 : MOST_WRITTEN
}
