/** The upper edge of a value axis, and the distance of its lines: a round number of the figure's own unit. */
export interface Axis {
  max: number
  step: number
}

/** About four lines; one tenth of the height stays free above the highest value. */
function axisFor(highest: number, stepFor: (least: number) => number): Axis {
  const step = stepFor(highest / 4)
  return { step, max: Math.max(1, Math.ceil((highest * 1.1) / step)) * step }
}

/** 1, 2 or 5 times a power of ten; at least one percent. */
export function percentAxis(highest: number): Axis {
  return axisFor(highest, (least) => {
    const power = 10 ** Math.floor(Math.log10(Math.max(1, least)))
    const factor = [1, 2, 5].find((one) => one * power >= least) ?? 10
    return factor * power
  })
}

/** A power of two, so that the lines stand at whole MiB and GiB; at least 256 KiB. */
export function bytesAxis(highest: number): Axis {
  return axisFor(highest, (least) => 2 ** Math.max(18, Math.ceil(Math.log2(Math.max(1, least)))))
}
