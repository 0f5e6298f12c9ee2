/** What is used of /proc/<pid>/status (proc_pid_status(5)). */
export interface ProcessStatus {
  name: string
  parentPid: number
  /** Effective ids, as this process's user namespace calls them. */
  uid: number
  gid: number
  /** The process's id in each PID namespace it is in, from this one to the innermost. */
  pids: number[]
  threads: number
  residentBytes: number
  capabilities: Record<CapabilitySet, bigint>
  /** 0: off, 1: strict, 2: filter. */
  seccompMode: number
  /** Null before Linux 5.9. */
  seccompFilters: number | null
  noNewPrivileges: boolean
}

export type CapabilitySet = 'effective' | 'permitted' | 'bounding' | 'inheritable' | 'ambient'

const BYTES_PER_KIB = 1_024

/** Reads the text of a status file; what a kernel does not tell is 0, or nothing. */
export function parseProcessStatus(text: string): ProcessStatus {
  const fields = new Map<string, string>()
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1).trim())
  }
  const words = (name: string) => (fields.get(name) ?? '').split(/\s+/).filter(Boolean)
  const numberAt = (name: string, index = 0) => {
    const value = Number(words(name)[index] ?? 0)
    return Number.isFinite(value) ? value : 0
  }
  const filters = fields.get('Seccomp_filters')
  return {
    name: unescape(fields.get('Name') ?? ''),
    parentPid: numberAt('PPid'),
    // Real, effective, saved, file system.
    uid: numberAt('Uid', 1),
    gid: numberAt('Gid', 1),
    pids: words('NSpid').map(Number).filter(Number.isFinite),
    threads: numberAt('Threads'),
    residentBytes: numberAt('VmRSS') * BYTES_PER_KIB,
    capabilities: {
      effective: parseMask(fields.get('CapEff')),
      permitted: parseMask(fields.get('CapPrm')),
      bounding: parseMask(fields.get('CapBnd')),
      inheritable: parseMask(fields.get('CapInh')),
      ambient: parseMask(fields.get('CapAmb')),
    },
    seccompMode: numberAt('Seccomp'),
    seccompFilters: filters === undefined ? null : Number(filters),
    noNewPrivileges: numberAt('NoNewPrivs') === 1,
  }
}

function parseMask(text = ''): bigint {
  return /^[0-9a-f]{1,16}$/i.test(text) ? BigInt(`0x${text}`) : 0n
}

/** The kernel writes a newline in a name as `\n` and a backslash as `\\`. */
function unescape(name: string): string {
  return name.replace(/\\(n|\\)/g, (_, sign: string) => (sign === 'n' ? '\n' : '\\'))
}
