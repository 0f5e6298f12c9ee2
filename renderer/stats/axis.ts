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

/** 1, 2 or 5 times a power of ten; at least one: for percent, and for what is counted. */
export const percentAxis = (highest: number): Axis => axisFor(highest, decimalStep)

function decimalStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)))
  const factor = [1, 2, 5].find((one) => one * power >= least) ?? 10
  return factor * power
}

/** A power of two, so that the lines stand at whole MiB and GiB; at least 256 KiB. */
export const bytesAxis = (highest: number): Axis => axisFor(highest, powerOfTwo(18))

/** As `bytesAxis`, but for rates, which may be small: at least 256 bytes. */
export const rateAxis = (highest: number): Axis => axisFor(highest, powerOfTwo(8))

const powerOfTwo = (leastPower: number) => (least: number) =>
  2 ** Math.max(leastPower, Math.ceil(Math.log2(Math.max(1, least))))
