const MANTISSA_BITS = 10
const MANTISSA_STEPS = 2 ** MANTISSA_BITS
/** The smallest number above 0 has this power of two: 1/128, less than anything charted. */
const LOWEST_EXPONENT = -7
const HIGHEST = 0xfffe
const NOT_A_NUMBER = 0xffff

/**
 * A number of at least 0 in 16 bits: 6 of them a power of two from 2^-7 to 2^55, 10 the steps in
 * between, so that it is off by 2^-11 (0.05 %) at most. What is too small becomes 0, what is too large
 * the largest; NaN and numbers below 0 become NaN.
 */
export function encodeNumber(value: number): number {
  if (!(value >= 0)) return NOT_A_NUMBER
  if (value === 0) return 0
  if (value === Infinity) return HIGHEST
  const exponent = Math.floor(Math.log2(value))
  const steps = Math.round((value / 2 ** exponent - 1) * MANTISSA_STEPS)
  // 1: 0 is taken. A mantissa that was rounded up to 2 carries over into the exponent.
  const code = (exponent - LOWEST_EXPONENT) * MANTISSA_STEPS + steps + 1
  return Math.max(0, Math.min(HIGHEST, code))
}

/** Faster than powers, and without a table: a code lies in a single-precision number as it is. */
export function decodeNumber(code: number): number {
  if (code === NOT_A_NUMBER) return Number.NaN
  if (code === 0) return 0
  bits[0] = ((code - 1) << SPARE_BITS) + LOWEST_BITS
  return single[0] ?? Number.NaN
}

/** The mantissa of a single-precision number has 23 bits (IEEE 754), of which a code has the first. */
const SPARE_BITS = 23 - MANTISSA_BITS
/** Of the smallest number: its exponent with the bias, and a mantissa of 1. */
const LOWEST_BITS = (LOWEST_EXPONENT + 127) << 23
const single = new Float32Array(1)
const bits = new Uint32Array(single.buffer)
