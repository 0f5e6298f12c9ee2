/** The plot within a chart's canvas, CSS pixels: the same for all, so that moments stand below each other. */
export const plot = { left: 64, right: 10, top: 6, bottom: 4 }

/** Between the plot and its first strip: the axis' lowest label reaches into it. CSS pixels. */
export const stripGap = 8

/** Height of a strip with the room below it; CSS pixels. */
export const stripHeight = 12

/** What strips add to the height of a chart; CSS pixels. */
export const stripsHeight = (count: number) => (count === 0 ? 0 : stripGap + count * stripHeight)
