/** Lines of one group of counters: 32 words of 32 bits. */
const GROUP_LINES = 1_024
const GROUP_WORDS = GROUP_LINES / 32

/**
 * Some lines out of a log, by their numbers, added in ascending order: a bit for each line of the log, so
 * that a filter that lets millions through costs an eighth of a byte each.
 */
export class LineSet {
  readonly #base: number
  #words = new Uint32Array(GROUP_WORDS)
  /** How many lines are in the set before each group. */
  #before = new Uint32Array(1)
  /** The group that is being filled. */
  #group = 0
  #count = 0

  /** @param base no line before it is added */
  constructor(base: number) {
    this.#base = base
  }

  get count(): number {
    return this.#count
  }

  /** @param number greater than all before */
  add(number: number): void {
    const bit = number - this.#base
    const group = Math.floor(bit / GROUP_LINES)
    if ((group + 1) * GROUP_WORDS > this.#words.length) this.#grow(group)
    while (this.#group < group) this.#before[++this.#group] = this.#count
    const word = bit >>> 5
    this.#words[word] = (this.#words[word] ?? 0) | (1 << (bit & 31))
    this.#count += 1
  }

  /** The line at a place, from 0; null: there are not so many. */
  at(place: number): number | null {
    if (place < 0 || place >= this.#count) return null
    let [low, high] = [0, this.#group]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#before[middle] ?? 0) <= place) low = middle
      else high = middle - 1
    }
    let left = place - (this.#before[low] ?? 0)
    let word = low * GROUP_WORDS
    for (
      let bits = ones(this.#words[word] ?? 0);
      left >= bits;
      bits = ones(this.#words[word] ?? 0)
    ) {
      left -= bits
      word += 1
    }
    let bits = this.#words[word] ?? 0
    for (; left > 0; left--) bits &= bits - 1
    return this.#base + word * 32 + (31 - Math.clz32(bits & -bits))
  }

  /** How many lines of the set come before this one: the place of the first one that does not. */
  placeOf(number: number): number {
    const bit = number - this.#base
    if (bit <= 0) return 0
    const group = Math.floor(bit / GROUP_LINES)
    if (group > this.#group) return this.#count
    let place = this.#before[group] ?? 0
    const last = bit >>> 5
    for (let word = group * GROUP_WORDS; word < last; word++) place += ones(this.#words[word] ?? 0)
    const rest = bit & 31
    return rest === 0 ? place : place + ones((this.#words[last] ?? 0) & ((1 << rest) - 1))
  }

  #grow(group: number): void {
    const groups = Math.max(group + 1, this.#before.length * 2)
    const [words, before] = [new Uint32Array(groups * GROUP_WORDS), new Uint32Array(groups)]
    words.set(this.#words)
    before.set(this.#before)
    this.#words = words
    this.#before = before
  }
}

/** How many bits are set (Hacker's Delight, 5-1). */
function ones(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
