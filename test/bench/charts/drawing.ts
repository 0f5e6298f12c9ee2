/** How a chart is kept up to date; each way draws into canvases of the same size. */
export interface Drawing {
  /** Begins with these values, one each second up to `now`. */
  begin: (canvas: HTMLCanvasElement, values: readonly number[], now: number) => LiveChart
}

export interface LiveChart {
  /** A second later: one value more, and the oldest one is gone. */
  tick: (value: number, now: number) => void
  destroy: () => void
}

/** Seconds in a chart, as in the app's. */
export const windowSeconds = 900
/** Percent of one core. */
export const topPercent = 100
export const limitPercent = 80
