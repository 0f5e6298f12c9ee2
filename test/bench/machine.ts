import { execFileSync } from 'node:child_process'
import { cpus, loadavg, release, totalmem } from 'node:os'

/** What figures depend on. */
export interface Machine {
  cpu: string
  cores: number
  memoryBytes: number
  kernel: string
  node: string
  /** What each program says of its version; null where it is not there. */
  programs: Record<string, string | null>
  /** Of the minute before the run: above 1.5 others worked beside it, and it should be repeated. */
  loadBefore: number
}

/** Describes this machine; call it before anything is measured. */
export function describeMachine(programs: readonly string[]): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
    kernel: release(),
    node: process.version,
    programs: Object.fromEntries(programs.map((program) => [program, versionOf(program)])),
    loadBefore: loadavg()[0] ?? 0,
  }
}

function versionOf(program: string): string | null {
  try {
    const [version] = execFileSync(program, ['--version'], { encoding: 'utf8' }).split('\n')
    return version?.trim() ?? null
  } catch {
    return null
  }
}
