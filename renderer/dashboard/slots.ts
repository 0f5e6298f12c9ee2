/**
 * Gives each key a slot of its own out of `count`, for colours that stay with their project: a key
 * keeps the slot it had, a new one takes the slot its text points to, or the next that is free.
 *
 * @param before What this gave last time.
 * @param keys At most `count`.
 * @returns With the slots of keys that are not asked for now, as long as nobody else has them.
 */
export function assignSlots(
  before: ReadonlyMap<string, number>,
  keys: readonly string[],
  count: number,
): Map<string, number> {
  const slots = new Map([...before].filter(([key]) => keys.includes(key)))
  const taken = new Set(slots.values())
  for (const key of keys.filter((each) => !slots.has(each))) {
    const wish = hash(key) % count
    const order = Array.from({ length: count }, (_, step) => (wish + step) % count)
    const slot = order.find((each) => !taken.has(each)) ?? wish
    slots.set(key, slot)
    taken.add(slot)
  }
  const waiting = [...before].filter(([key, slot]) => !slots.has(key) && !taken.has(slot))
  return new Map([...waiting, ...slots])
}

/** The same text gives the same number in every session. */
function hash(text: string): number {
  let sum = 0
  for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 0x7fffffff
  return sum
}
