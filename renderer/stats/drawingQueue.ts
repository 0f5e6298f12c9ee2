/** Something on the page that is drawn again whenever its values change. */
export interface Drawing {
  draw: () => void
  /** It is on screen, not merely near it. */
  inView: () => boolean
}

/** What the queue needs of the page. */
interface Frames {
  request: (draw: () => void) => number
  cancel: (frame: number) => void
  /** Milliseconds on a clock that is never set back. */
  now: () => number
  /** Nobody can see the page. */
  hidden: () => boolean
}

/** What all drawings of a queue together may take of a frame of 16 ms. */
export const budgetMillis = 4

/**
 * Draws what is asked for in the page's frames, what is in view first, until the frame's budget is
 * spent; the rest is drawn in the next frames. While the page is hidden it draws nothing and keeps
 * what is due until `resume`.
 */
export function createDrawingQueue(frames: Frames) {
  const due = new Set<Drawing>()
  let frame: number | null = null

  function schedule() {
    if (frame !== null || due.size === 0 || frames.hidden()) return
    frame = frames.request(drawSome)
  }

  function drawSome() {
    frame = null
    if (frames.hidden()) return
    const end = frames.now() + budgetMillis
    for (const drawing of inViewFirst(due)) {
      due.delete(drawing)
      drawing.draw()
      if (frames.now() >= end) break
    }
    schedule()
  }

  return {
    /** Has it drawn soon; asking again before that changes nothing. */
    ask(drawing: Drawing) {
      due.add(drawing)
      schedule()
    },
    /** It is not drawn any more until it is asked for again. */
    forget(drawing: Drawing) {
      due.delete(drawing)
    },
    /** Goes on after the page was hidden. */
    resume: schedule,
    stop() {
      due.clear()
      if (frame !== null) frames.cancel(frame)
      frame = null
    },
  }
}

function inViewFirst(drawings: ReadonlySet<Drawing>): Drawing[] {
  const all = [...drawings]
  return [
    ...all.filter((drawing) => drawing.inView()),
    ...all.filter((drawing) => !drawing.inView()),
  ]
}
