/** The plot within a chart's canvas, CSS pixels: the same for all, so that moments stand below each other. */
export const plot = { left: 64, right: 10, top: 6, bottom: 4 }

/** Height of a strip with the room below it; CSS pixels. */
export const stripHeight = 10
