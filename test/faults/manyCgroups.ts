import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { waitFor } from '../bed'

const ROOT = '/sys/fs/cgroup'
const V2_CONTROLLERS = ['cpu', 'memory', 'io', 'pids']

export interface CgroupOfOwn {
  /** As long as a container's. */
  id: string
  pid: number
  /** Ends the process and removes its cgroups at once. */
  vanish: () => Promise<void>
}

/**
 * Makes what an engine makes for so many containers, without an engine: a process each in cgroups of
 * its own, in every hierarchy of this machine. All go after the test.
 */
export async function makeCgroups(count: number): Promise<CgroupOfOwn[]> {
  const parents = hierarchies().map((folder) => join(folder, `longshore-${hex(4)}`))
  for (const parent of parents) mkdirSync(parent)
  onTestFinished(() => {
    for (const parent of parents) rmdirSync(parent)
  })
  delegate(parents)
  const pids = await startSleepers(count)
  const made = pids.map((pid) => {
    const id = hex(32)
    const folders = parents.map((parent) => join(parent, id))
    for (const folder of folders) {
      mkdirSync(folder)
      writeFileSync(join(folder, 'cgroup.procs'), String(pid))
    }
    return { id, pid, vanish: () => vanish(pid, folders) }
  })
  onTestFinished(async () => {
    await Promise.all(made.map(({ vanish }) => vanish()))
  })
  return made
}

/** Where cgroups can be made: each v1 controller's mount and the v2 one, or v2's alone. */
function hierarchies(): string[] {
  if (existsSync(join(ROOT, 'cgroup.controllers'))) return [ROOT]
  // A v1 cpuset has neither CPUs nor memory at first and takes no process.
  const names = readdirSync(ROOT).filter((name) => name !== 'cpuset')
  return names
    .map((name) => join(ROOT, name))
    .filter((folder) => existsSync(join(folder, 'cgroup.procs')))
}

/** On v2 a folder's children have only the controllers that it names. */
function delegate(parents: readonly string[]): void {
  for (const folder of [ROOT, ...parents]) {
    const file = join(folder, 'cgroup.controllers')
    if (!existsSync(file)) continue
    const there = readFileSync(file, 'utf8').trim().split(' ')
    const named = V2_CONTROLLERS.filter((name) => there.includes(name)).map((name) => `+${name}`)
    writeFileSync(join(folder, 'cgroup.subtree_control'), named.join(' '))
  }
}

/** Cheap processes that do nothing. */
async function startSleepers(count: number): Promise<number[]> {
  const script = `i=0; while [ $i -lt ${count} ]; do sleep 1000 & i=$((i+1)); done; wait`
  const shell = spawn('sh', ['-c', script], { stdio: 'ignore' })
  const ended = once(shell, 'exit')
  onTestFinished(async () => {
    shell.kill('SIGKILL')
    await ended
  })
  const children = `/proc/${shell.pid ?? 0}/task/${shell.pid ?? 0}/children`
  return waitFor('the processes', () => {
    const pids = readFileSync(children, 'utf8').trim().split(' ')
    return pids.length === count ? pids.map(Number) : null
  })
}

async function vanish(pid: number, folders: readonly string[]): Promise<void> {
  if (folders.every((folder) => !existsSync(folder))) return
  process.kill(pid, 'SIGKILL')
  await waitFor('the cgroups to go', () => folders.every(removed))
}

function removed(folder: string): boolean {
  try {
    rmdirSync(folder)
    return true
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    if (error.code === 'ENOENT') return true
    if (error.code === 'EBUSY') return false
    throw error
  }
}

const hex = (bytes: number) => randomBytes(bytes).toString('hex')
