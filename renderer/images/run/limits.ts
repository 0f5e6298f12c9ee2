import { LEAST_CORES, LEAST_MEMORY_BYTES } from '../../../preload/contract/limits'
import { readBytes, readCores, type Amount } from '../../amounts'

/** `0.5`, `2`, `1,5`: cores, as many as engines take. Empty: no limit. */
export function parseCores(text: string) {
  return atLeast(LEAST_CORES, readCores(text))
}

/** `256 MiB`, `256m`, `1.5g`: bytes, as many as engines take. Empty: no limit. */
export function parseMemory(text: string) {
  return atLeast(LEAST_MEMORY_BYTES, readBytes(text))
}

function atLeast<Reason extends string>(
  least: number,
  amount: Amount<Reason>,
): Amount<Reason | 'too-small'> {
  const isTooSmall = amount.ok && amount.value !== null && amount.value < least
  return isTooSmall ? { ok: false, reason: 'too-small' } : amount
}
