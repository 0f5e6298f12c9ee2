import { existsSync, readFileSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { waitForSync } from './waiting'

/**
 * Set in the environment of every process the bed starts, to the folder it was started for. The
 * engines' children (containerd, shims, conmon, docker-proxy, aardvark-dns) inherit it.
 */
export const FOLDER_VARIABLE = 'LONGSHORE_BED'

const CGROUP_ROOT = '/sys/fs/cgroup'

/** When a process started, in clock ticks since boot; null when there is none with this id. */
export function startTicksOf(pid: number): string | null {
  return statOf(pid)[19] ?? null
}

function parentOf(pid: number): number {
  return Number(statOf(pid)[1])
}

/** Whether a process has ended and its parent has not yet asked how. */
export function isZombie(pid: number): boolean {
  return statOf(pid)[0] === 'Z'
}

/** Whether every thread of a process is stopped. SIGSTOP takes a moment to reach them all. */
export function isStopped(pid: number): boolean {
  return readdirSync(`/proc/${pid}/task`).every((thread) => statOf(pid, thread)[0] === 'T')
}

/**
 * Kills every process that belongs to `folder`, or to a folder below it, and waits until none is
 * left. What counts: processes with the folder in their environment, and processes in containers,
 * known by the root file system they run on. Containers are killed although their engine is dead,
 * stopped or has them paused, and their cgroups are removed.
 */
export function killProcessesOf(folder: string): void {
  const cgroups = new Set<string>()
  waitForSync(`the processes of ${folder} to end`, () => {
    const pids = processesOf(folder)
    for (const pid of pids) {
      for (const path of containerCgroupsOf(pid)) cgroups.add(path)
      kill(pid)
    }
    thaw(cgroups)
    return pids.length === 0
  })
  for (const path of cgroups) removeCgroup(path)
}

/** Kills the children of this process, and theirs as far as they end with them. */
export function killChildren(): void {
  waitForSync('the children of this process to end', () => {
    const children = processIds().filter((pid) => !isZombie(pid) && parentOf(pid) === process.pid)
    for (const pid of children) kill(pid)
    return children.length === 0
  })
}

/** The ids of the live processes that belong to `folder`, as {@link killProcessesOf} counts. */
export function processesOf(folder: string): number[] {
  const marks = [`${FOLDER_VARIABLE}=${folder}\0`, `${FOLDER_VARIABLE}=${folder}/`]
  return processIds().filter((pid) => {
    const environment = readProc(pid, 'environ')
    if (marks.some((mark) => environment.includes(mark))) return true
    const rootMount = /^\S+ \S+ \S+ \S+ \/ .*$/m.exec(readProc(pid, 'mountinfo'))?.[0]
    return rootMount?.includes(`${folder}/`) === true
  })
}

/** All processes but this one. */
function processIds(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid)
}

/** The fields of proc(5)'s stat from the third on: those before hold any character. */
function statOf(pid: number, thread?: string): string[] {
  const stat = readProc(pid, thread ? `task/${thread}/stat` : 'stat')
  return stat === '' ? [] : stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

/** A file of a process; empty when the process is gone, or dead and not yet reaped. */
function readProc(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1')
  } catch {
    return ''
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** The cgroup paths of a container's process, told by the container id in them. */
function containerCgroupsOf(pid: number): string[] {
  return readProc(pid, 'cgroup')
    .split('\n')
    .map((line) => line.split(':').slice(2).join(':'))
    .filter((path) => /[0-9a-f]{64}/.test(path))
}

/** A process in a frozen cgroup v1 dies only when it is thawed. */
function thaw(cgroups: Iterable<string>): void {
  for (const path of cgroups) {
    const state = join(CGROUP_ROOT, 'freezer', path, 'freezer.state')
    if (existsSync(state)) writeFileSync(state, 'THAWED')
  }
}

/** Removes one cgroup path from every hierarchy (v1: a folder for each; v2: the root itself). */
function removeCgroup(path: string): void {
  const folders = ['', ...readdirSync(CGROUP_ROOT)].map((each) => join(CGROUP_ROOT, each, path))
  waitForSync(`the cgroup ${path} to go`, () => {
    const left = folders.filter((folder) => existsSync(folder))
    for (const folder of left) removeIfEmpty(folder)
    return left.length === 0
  })
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch (error) {
    // Busy until the kernel has let go of the last process; gone when the engine was faster.
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EBUSY' && code !== 'ENOENT') throw error
  }
}
