/**
 * Runs what was chosen in a menu once the menu has closed and the focus is back where it was: a dialog that the
 * choice opens gives the focus back to there, and not to an item that is gone.
 */
export function useMenuChoice() {
  let chosen: (() => unknown) | null = null

  const choose = (run: () => unknown) => {
    chosen = run
  }

  /** For the menu's `close-auto-focus`. */
  const closed = () => {
    const run = chosen
    chosen = null
    // The menu moves the focus in a timer of its own, which comes before the inner one.
    if (run) setTimeout(() => setTimeout(() => void run()))
  }

  return { choose, closed }
}
