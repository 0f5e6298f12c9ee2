import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TopProcess } from '../../preload/contract/processes'
import { findPlaces } from '../isolation/cgroup'
import { descendants, processesOfCgroup, readProcesses } from '../isolation/processes'
import { ProcFolder } from '../isolation/procFiles'
import { parseProcessStatus } from '../isolation/processStatus'
import { readCgroupMounts, type KernelRoots } from '../stats/cgroupPath'
import { isMissing, systemCodeOf } from '../systemFiles'

/** USER_HZ: the kernel counts in ticks of 10 ms for its readers (time(7)). */
const MILLIS_PER_TICK = 10

/** A process with the CPU time that it has used, milliseconds. */
export type CountedProcess = Omit<TopProcess, 'cpuPercent'> & { cpuMillis: number }

/** The processes of a container of this machine, the first 500, and how many there are beside. */
export async function readKernelProcesses(
  { id, pid }: { id: string; pid: number },
  roots: KernelRoots,
): Promise<{ processes: CountedProcess[]; more: number }> {
  const { procRoot } = roots
  const first = new ProcFolder(procRoot, pid)
  const [cgroup, status, upMillis] = await Promise.all([
    first.read('cgroup'),
    first.read('status'),
    readUpMillis(procRoot),
  ])
  const folder = findPlaces(cgroup, id, readCgroupMounts(roots))[0]?.folder
  const pids = folder ? await processesOfCgroup(folder) : await descendants(procRoot, pid)
  const depth = parseProcessStatus(status).pids.length
  const read = await readProcesses(procRoot, pids, { depth, users: [] })
  const bootAt = Date.now() - upMillis
  const processes = await Promise.all(
    read.processes.map(async (process): Promise<CountedProcess | null> => {
      const stat = await readStat(procRoot, process.hostPid)
      return (
        stat && {
          pid: process.hostPid,
          containerPid: process.containerPid,
          parentPid: process.parentHostPid,
          user: String(process.user.outside),
          state: stat.state,
          cpuMillis: process.cpuMillis,
          residentBytes: process.residentBytes,
          startedAt: bootAt + stat.startMillis,
          command: process.command,
        }
      )
    }),
  )
  return {
    processes: processes.filter((process) => process !== null),
    more: read.moreProcesses,
  }
}

/** When a process of this machine began, milliseconds since 1970; null where there is none. */
export async function startOf(procRoot: string, pid: number): Promise<number | null> {
  const stat = await readStat(procRoot, pid)
  return stat && Date.now() - (await readUpMillis(procRoot)) + stat.startMillis
}

async function readUpMillis(procRoot: string): Promise<number> {
  const [seconds] = (await readFile(join(procRoot, 'uptime'), 'utf8')).split(' ')
  return Number(seconds) * 1_000
}

/** Null for one that has ended. */
async function readStat(procRoot: string, pid: number) {
  try {
    return parseStat(await new ProcFolder(procRoot, pid).read('stat'))
  } catch (error) {
    if (isMissing(error) || systemCodeOf(error) === 'ESRCH') return null
    throw error
  }
}

/** Fields 3 and 22 of proc_pid_stat(5); the name before them may hold spaces and parentheses. */
export function parseStat(stat: string): { state: string; startMillis: number } {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return { state: fields[0] ?? '', startMillis: Number(fields[19] ?? 0) * MILLIS_PER_TICK }
}
