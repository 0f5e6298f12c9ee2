import type { LimitFile, ReadLimit } from './limitFile'

/** A limit in bytes or a count as v2 writes it: `max` is none. Null where it is neither. */
export function parseMaximum(text: string): { value: number | null } | null {
  if (text === 'max') return { value: null }
  return /^\d+$/.test(text) ? { value: Number(text) } : null
}

/** pids.max, the same on both versions. */
export const processesFile: LimitFile = {
  controller: 'pids',
  name: /^pids\.max$/,
  inherited: true,
  parse(text) {
    const count = parseMaximum(text)
    return count ? [{ kind: 'processes', count: count.value, set: count.value !== null }] : []
  },
}

/** A list of CPUs or memory nodes; it restrains where the machine's own is another. */
export function listFile(kind: 'cpus' | 'memory-nodes', name: RegExp): LimitFile {
  return {
    controller: 'cpuset',
    name,
    parse: (text, { atRoot }) =>
      text === '' ? [] : [{ kind, list: text, set: atRoot !== null && text !== atRoot }],
  }
}

/** @param usual What a new cgroup has. */
export function parseWeight(
  kind: 'cpu-weight' | 'io-weight',
  text: string,
  usual: number,
): ReadLimit[] {
  const weight = /^\d+$/.test(text) ? Number(text) : 0
  return weight > 0 ? [{ kind, weight, usual, set: weight !== usual }] : []
}
