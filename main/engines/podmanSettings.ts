import { readFile } from 'node:fs/promises'
import { exists } from '../systemFiles'
import { findCommand } from './findCommand'

/**
 * A containers.conf for hosts where Podman's defaults fail, or null where they work: without systemd
 * its cgroup manager must be cgroupfs, crun refuses a hybrid of cgroup v1 and v2 so runc must serve, and
 * limits above this process's own cannot be set (Podman's default asks for them).
 */
export async function podmanSettings(): Promise<string | null> {
  if (process.platform !== 'linux') return null
  const [systemd, pureV2] = await Promise.all([
    exists('/run/systemd/system'),
    exists('/sys/fs/cgroup/cgroup.controllers'),
  ])
  if (systemd && pureV2) return null
  const engine: string[] = []
  if (!systemd) engine.push('cgroup_manager = "cgroupfs"', 'events_logger = "file"')
  if (!pureV2 && (await findCommand('runc')) !== null) engine.push('runtime = "runc"')
  const ulimits = await hardLimits()
  return [
    '[containers]',
    `default_ulimits = [${ulimits.map((limit) => JSON.stringify(limit)).join(', ')}]`,
    '[engine]',
    ...engine,
    '',
  ].join('\n')
}

/**
 * This process's hard limits in Podman's words, from /proc/self/limits. Podman lowers its own number of
 * processes to the kernel's highest process id, and then cannot give a container more.
 */
async function hardLimits(): Promise<string[]> {
  const text = await readFile('/proc/self/limits', 'utf8')
  const highestPid = Number(await readFile('/proc/sys/kernel/pid_max', 'utf8'))
  const hard = (label: string) => new RegExp(`^${label} +\\S+ +(\\d+)`, 'm').exec(text)?.[1] ?? null
  const limits: string[] = []
  for (const [name, label] of [
    ['nofile', 'Max open files'],
    ['nproc', 'Max processes'],
  ] as const) {
    const value = hard(label)
    if (value === null) continue
    const limit = name === 'nproc' ? Math.min(Number(value), highestPid) : Number(value)
    limits.push(`${name}=${limit}:${limit}`)
  }
  return limits
}
