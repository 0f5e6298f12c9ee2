import type { WebContents } from 'electron'

/** Chromium's own steps between half and three times the size. */
const steps = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3]
const least = 0.5
const most = 3

export type ZoomStep = 'in' | 'out' | 'reset'

/** The factor that a step leads to; the last one stays. */
export function nextZoom(factor: number, step: ZoomStep): number {
  switch (step) {
    case 'reset':
      return 1
    case 'in':
      return steps.find((each) => each > factor) ?? most
    case 'out':
      return steps.findLast((each) => each < factor) ?? least
  }
}

/**
 * How large a window's page is drawn: by the menu, and by Ctrl with the wheel. Whether Chromium
 * remembers it for a scheme of our own is nowhere promised, so each page that is loaded is told.
 */
export class Zoom {
  readonly #contents: WebContents
  #factor: number

  constructor(contents: WebContents, factor = 1) {
    this.#contents = contents
    this.#factor = Math.min(Math.max(factor, least), most)
    contents.on('did-finish-load', () => contents.setZoomFactor(this.#factor))
    contents.on('zoom-changed', (_event, direction) => this.step(direction))
  }

  get factor(): number {
    return this.#factor
  }

  step(step: ZoomStep): void {
    this.#factor = nextZoom(this.#factor, step)
    this.#contents.setZoomFactor(this.#factor)
  }
}
