import {
  capabilityNames,
  type Capability,
  type CapabilityName,
} from '../../preload/contract/isolation'
import type { CapabilitySet } from './processStatus'

/**
 * The capabilities of a process by name, in the order of their bits: all that are in any of its sets,
 * and those in `usual`, the engine's stock set, also when they were dropped. Bits that are newer than
 * `capabilityNames` have no name and are left out.
 */
export function readCapabilities(
  masks: Readonly<Record<CapabilitySet, bigint>>,
  usual: readonly CapabilityName[],
): Capability[] {
  return capabilityNames
    .map((name, bit) => {
      const has = (set: CapabilitySet) => ((masks[set] >> BigInt(bit)) & 1n) === 1n
      return {
        name,
        effective: has('effective'),
        permitted: has('permitted'),
        bounding: has('bounding'),
        inheritable: has('inheritable'),
        ambient: has('ambient'),
        usual: usual.includes(name),
      }
    })
    .filter(
      ({ effective, permitted, bounding, inheritable, ambient, usual: given }) =>
        effective || permitted || bounding || inheritable || ambient || given,
    )
}
