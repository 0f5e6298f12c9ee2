import { join } from 'node:path'
import { readdir, readFile } from 'node:fs/promises'
import type { ContainerProcess, IdRange } from '../../preload/contract/isolation'
import { isMissing, systemCodeOf } from '../systemFiles'
import { identify } from './idMap'
import { ProcFolder } from './procFiles'
import { parseProcessStatus } from './processStatus'

/** More are counted, not listed. */
const LISTED = 500
/** Folders below the container's cgroup that are looked into (systemd in a container makes dozens). */
const MOST_FOLDERS = 1_000
const COMMAND_BYTES = 2_048
/** How many processes are read at once. */
const CONCURRENCY = 16
/** USER_HZ: the kernel counts CPU time in ticks of 10 ms for its readers (time(7)). */
const MILLIS_PER_TICK = 10

/** The ids of all processes in a cgroup and those below it, ascending. Throws where it cannot be read. */
export async function processesOfCgroup(folder: string): Promise<number[]> {
  const pids = new Set<number>()
  const folders = [folder]
  for (let next = 0; next < Math.min(folders.length, MOST_FOLDERS); next++) {
    const here = folders[next] ?? folder
    try {
      const text = await readFile(join(here, 'cgroup.procs'), 'utf8')
      // 0 stands for a process of a PID namespace that this one does not see.
      for (const pid of text.split('\n').map(Number)) if (pid > 0) pids.add(pid)
      for (const entry of await readdir(here, { withFileTypes: true })) {
        if (entry.isDirectory()) folders.push(join(here, entry.name))
      }
    } catch (error) {
      // One below may end meanwhile; a threaded one (v2) has no list, its processes are in the one above.
      if (here === folder) throw error
    }
  }
  return [...pids].sort((a, b) => a - b)
}

/**
 * A process and all its descendants, for a container without a cgroup of its own, ascending. The
 * kernel lists children if it was built for checkpoints (CONFIG_PROC_CHILDREN), as distributions do.
 */
export async function descendants(procRoot: string, pid: number): Promise<number[]> {
  const pids = [pid]
  for (const parent of pids) {
    if (pids.length > LISTED) break
    try {
      const process = new ProcFolder(procRoot, parent)
      for (const task of await process.list('task')) {
        const children = await process.read(`task/${task}/children`)
        pids.push(...children.split(' ').map(Number).filter(Boolean))
      }
    } catch (error) {
      if (parent === pid && !isMissing(error)) throw error
    }
  }
  return pids.sort((a, b) => a - b)
}

/**
 * The first 500 of these processes as both sides see them, and how many were left out. Those that end
 * meanwhile are not there.
 *
 * @param depth How many PID namespaces the container's first process is in, from this one on: the
 * container's own view of another process stands there in its `NSpid`.
 */
export async function readProcesses(
  procRoot: string,
  pids: readonly number[],
  { depth, users }: { depth: number; users: readonly IdRange[] },
): Promise<{ processes: ContainerProcess[]; moreProcesses: number }> {
  const listed = pids.slice(0, LISTED)
  const processes: ContainerProcess[] = []
  for (let from = 0; from < listed.length; from += CONCURRENCY) {
    const some = listed.slice(from, from + CONCURRENCY)
    const read = await Promise.all(some.map((pid) => readProcess(procRoot, pid, { depth, users })))
    processes.push(...read.filter((process) => process !== null))
  }
  return { processes, moreProcesses: pids.length - listed.length }
}

async function readProcess(
  procRoot: string,
  pid: number,
  { depth, users }: { depth: number; users: readonly IdRange[] },
): Promise<ContainerProcess | null> {
  const process = new ProcFolder(procRoot, pid)
  try {
    const [statusText, stat, command] = await Promise.all([
      process.read('status'),
      process.read('stat'),
      process.readStart('cmdline', COMMAND_BYTES),
    ])
    const status = parseProcessStatus(statusText)
    return {
      hostPid: pid,
      containerPid: status.pids[depth - 1] ?? null,
      parentHostPid: status.parentPid,
      user: identify(status.uid, users),
      command: parseCommandLine(command) || `[${status.name}]`,
      threads: status.threads,
      cpuMillis: parseCpuMillis(stat),
      residentBytes: status.residentBytes,
    }
  } catch (error) {
    if (isGone(error)) return null
    throw error
  }
}

/** Arguments end with a zero byte each. */
export function parseCommandLine(text: string): string {
  return text.replace(/\0+$/, '').replaceAll('\0', ' ')
}

/** User and system time of /proc/<pid>/stat; the name before them may hold spaces and parentheses. */
export function parseCpuMillis(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  // Fields 14 and 15 of proc_pid_stat(5); the first here is the third.
  const ticks = Number(fields[11] ?? 0) + Number(fields[12] ?? 0)
  return Number.isFinite(ticks) ? ticks * MILLIS_PER_TICK : 0
}

/** A process that ended between two reads: its folder is gone (ENOENT), or still there (ESRCH). */
function isGone(error: unknown): boolean {
  return isMissing(error) || systemCodeOf(error) === 'ESRCH'
}
