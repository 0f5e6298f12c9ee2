import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import {
  namespaceKinds,
  type Isolation,
  type LimitValue,
  type NamespaceKind,
} from '../../preload/contract/isolation'
import { readIsolation } from '../../main/isolation/readIsolation'
import { engineCli, waitFor } from '../bed'
import { engineRequest } from '../bed/api'
import { openClient } from '../client'

const MIB = 1024 ** 2
const bed = inject('bed')
/** Ends at once when asked to. */
const polite = ['sh', '-c', "trap 'exit 0' TERM; sleep 1000 & wait"]

describe.each(bed.engines)('the isolation of containers of $kind', (engine) => {
  const cli = engineCli(engine)
  const started: string[] = []

  async function run(name: string, options: string[] = [], command = polite): Promise<string> {
    started.push(name)
    await cli(['run', '--detach', '--name', name, ...options, bed.busybox, ...command])
    return cli(['inspect', '--format', '{{.Id}}', name])
  }
  const pidOf = async (name: string) =>
    Number(await cli(['inspect', '--format', '{{.State.Pid}}', name]))

  let plain: string
  beforeAll(async () => {
    plain = await run('isolation-plain', [
      ...['--cpus', '0.5', '--cpu-shares', '512', '--memory', '64m', '--memory-reservation', '32m'],
      ...['--pids-limit', '50', '--cap-drop', 'CHOWN', '--cap-add', 'NET_ADMIN'],
      ...['--ipc', 'shareable', '--network', 'none', '--user', '1234:2345'],
    ])
  })
  afterAll(async () => {
    for (const name of started.toReversed()) {
      await cli(['kill', name]).catch(() => undefined)
      await cli(['rm', '--force', name])
    }
  })

  async function open() {
    const client = await openClient({ engine: engine.socket })
    const { id: engineId } = await client.engine()
    const ask = (id: string) => client.api.isolation.read({ engineId, id })
    const read = async (id: string): Promise<Isolation> => {
      const answer = await ask(id)
      if (answer.kind !== 'isolation') throw new Error(`It is ${answer.reason}.`)
      return answer
    }
    return { ask, read }
  }

  test('are the namespaces that the kernel says, the machine’s or its own', async () => {
    const { read } = await open()
    const isolation = await read(plain)
    const pid = await pidOf('isolation-plain')
    expect(isolation.hostPid).toBe(pid)
    expect(inodesIn(isolation)).toEqual(inodesOf(pid))
    for (const { kind, sharing } of isolation.namespaces) {
      expect(`${kind} ${sharing}`).toBe(
        `${kind} ${inodesOf(pid)[kind] === inodesOf('self')[kind] ? 'host' : 'own'}`,
      )
      // A namespace of its own is known to nobody but its processes.
      if (sharing !== 'own') continue
      const processes = processesIn(inodesOf(pid)[kind])
      expect(processes).toEqual(isolation.processes.map(({ hostPid }) => hostPid))
    }
  })

  test('show what is the machine’s when it was asked for', async () => {
    const id = await run('isolation-host', ['--network', 'host', '--uts', 'host', '--pid', 'host'])
    const { read } = await open()
    const isolation = await read(id)
    const shared = isolation.namespaces.filter(({ sharing }) => sharing === 'host')
    expect(shared.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['pid', 'net', 'uts'] satisfies NamespaceKind[]),
    )
    for (const { containerPid, hostPid } of isolation.processes) expect(containerPid).toBe(hostPid)
  })

  test('name the container with which a namespace is shared', async () => {
    const id = await run('isolation-joined', [
      ...['--network', 'container:isolation-plain', '--ipc', 'container:isolation-plain'],
    ])
    const { read } = await open()
    const sharer = { id: plain, name: 'isolation-plain' }
    const namespaceOf = async (kind: NamespaceKind) =>
      (await read(id)).namespaces.find((each) => each.kind === kind)
    await waitFor('the other to be known', async () => (await namespaceOf('net'))?.with.length)
    for (const kind of ['net', 'ipc'] as const) {
      expect(await namespaceOf(kind)).toMatchObject({ sharing: 'container', with: [sharer] })
    }
    for (const kind of ['pid', 'mnt', 'uts'] as const) {
      expect(await namespaceOf(kind)).toMatchObject({ sharing: 'own', with: [] })
    }
  })

  test('have the limits that were asked for, as they stand in its cgroup', async () => {
    const { read } = await open()
    const { cgroup } = await read(plain)
    const limits = cgroup?.limits ?? []
    const limitOf = (kind: LimitValue['kind']) =>
      limits.find((limit) => limit.kind === kind && limit.ancestor === null)
    expect(limitOf('cpu-quota')).toMatchObject({ quotaMicros: 50_000, periodMicros: 100_000 })
    expect(limitOf('memory-max')).toMatchObject({ bytes: 64 * MIB, set: true })
    expect(limitOf('processes')).toMatchObject({ count: 50, set: true })
    const [shares, reservation] =
      cgroup?.version === 'v2'
        ? [limitOf('cpu-weight'), limitOf('memory-low')]
        : [limitOf('cpu-weight'), limitOf('memory-reservation')]
    expect(shares?.set).toBe(true)
    expect(reservation).toMatchObject({ bytes: 32 * MIB, set: true })
    for (const { file, raw } of limits) expect(readFileSync(file, 'utf8').trim()).toBe(raw)
    const procs = readFileSync(join(cgroup?.places[0]?.folder ?? '', 'cgroup.procs'), 'utf8')
    expect(procs.split('\n')).toContain(String(await pidOf('isolation-plain')))
    expect(cgroup).toMatchObject({ driver: 'cgroupfs' })
  })

  test('have one capability more and one less than usual, and none for another user', async () => {
    const { read } = await open()
    const { capabilities, security, userMapping } = await read(plain)
    const find = (name: string) => capabilities?.find((each) => each.name === name)
    expect(find('CAP_NET_ADMIN')).toMatchObject({ bounding: true, usual: false })
    expect(find('CAP_CHOWN')).toMatchObject({ bounding: false, usual: true })
    expect(find('CAP_SETUID')).toMatchObject({ bounding: true, effective: false, usual: true })
    expect(security).toMatchObject({ privileged: false, seccomp: 'filter', rootReadOnly: false })
    expect(security?.maskedPaths).toContain('/proc/keys')
    expect(security?.readOnlyPaths).toContain('/proc/sys')
    expect(userMapping).toMatchObject({
      identity: true,
      user: { inside: 1234, outside: 1234 },
      group: { inside: 2345, outside: 2345 },
    })
  })

  test('say what was locked', async () => {
    const id = await run('isolation-locked', [
      ...['--cap-drop', 'ALL', '--read-only', '--security-opt', 'no-new-privileges'],
      ...['--security-opt', 'seccomp=unconfined'],
    ])
    const { read } = await open()
    const { capabilities, security } = await read(id)
    expect(capabilities?.some(({ effective, bounding }) => effective || bounding)).toBe(false)
    expect(security).toMatchObject({ seccomp: 'off', noNewPrivileges: true, rootReadOnly: true })
  })

  // Docker wants to give even what this machine's own root lacks, where it lacks something.
  test.skipIf(engine.kind === 'docker' && !isWholeRoot())('say what privileged is', async () => {
    const id = await run('isolation-privileged', ['--privileged'])
    const { read } = await open()
    const { capabilities, security } = await read(id)
    expect(capabilities?.find(({ name }) => name === 'CAP_SYS_ADMIN')).toMatchObject({
      effective: true,
      usual: false,
    })
    expect(security).toMatchObject({ privileged: true, seccomp: 'off', maskedPaths: [] })
  })

  test('have processes with the ids that the engine and the container itself tell', async () => {
    const script = "trap 'exit 0' TERM; echo me $$; sleep 1001 & echo child $!; wait"
    const id = await run('isolation-processes', [], ['sh', '-c', script])
    const { read } = await open()
    const told = await waitFor('its words', async () =>
      /me (\d+)\s+child (\d+)/.exec(await cli(['logs', 'isolation-processes'])),
    )
    const { processes, moreProcesses } = await read(id)
    const [shell, child] = processes
    expect(shell).toMatchObject({ containerPid: Number(told[1]), command: `sh -c ${script}` })
    expect(child).toMatchObject({ containerPid: Number(told[2]), command: 'sleep 1001' })
    expect(child?.parentHostPid).toBe(shell?.hostPid)
    expect(moreProcesses).toBe(0)
    const top = await cli(['top', 'isolation-processes', ...topFields(engine.kind)])
    const hostPids = top
      .split('\n')
      .slice(1)
      .map((line) => Number(line.trim().split(/\s+/)[0]))
    expect(processes.map(({ hostPid }) => hostPid)).toEqual(hostPids.sort((a, b) => a - b))
  })

  test('are told by the engine to a user whom the kernel shows less, with all that is open', async () => {
    const id = await run('isolation-closed', ['--uts', 'host', '--cpus', '0.25'])
    const pid = await pidOf('isolation-closed')
    const hostConfig: unknown = JSON.parse(
      await cli(['inspect', '--format', '{{json .HostConfig}}', 'isolation-closed']),
    )
    const isolation = await asNobody(() =>
      readIsolation(
        { id, pid, privileged: false, hostConfig, neighbours: [], usualCapabilities: [] },
        { procRoot: '/proc', sysRoot: '/sys' },
        0,
      ),
    )
    expect(isolation).toMatchObject({ namespacesFrom: 'engine', userMapping: { identity: true } })
    const sharing = isolation.namespaces.map(({ kind, sharing }) => [kind, sharing])
    expect(Object.fromEntries(sharing)).toMatchObject({
      pid: 'own',
      mnt: 'own',
      net: 'own',
      uts: 'host',
      user: 'host',
    })
    expect(isolation.unreadable).toMatchObject([{ part: 'namespaces', reason: 'permission' }])
    expect(isolation.cgroup?.limits).toContainEqual(
      expect.objectContaining({ kind: 'cpu-quota', quotaMicros: 25_000 }),
    )
    expect(isolation.security).toMatchObject({ seccomp: 'filter' })
    expect(isolation.processes.map(({ containerPid }) => containerPid)).toContain(1)
  })

  test('are nothing for a container that does not run, in words', async () => {
    started.push('isolation-created')
    const id = await cli(['create', '--name', 'isolation-created', bed.busybox, 'true'])
    const { ask } = await open()
    await expect(ask(id)).rejects.toMatchObject({
      code: 'conflict',
      message: 'The container does not run, so it has nothing to isolate.',
    })
    await expect(ask('0'.repeat(64))).rejects.toMatchObject({ code: 'not-found' })
  })
})

test('a container with users of its own says whom they are on the machine', async () => {
  const engine = bed.podman
  const range = [{ container_id: 0, host_id: 100_000, size: 1_000 }]
  const body = JSON.stringify({
    name: 'isolation-users',
    image: bed.busybox,
    command: polite,
    userns: { nsmode: 'private' },
    idmappings: { UIDMap: range, GIDMap: range },
    netns: { nsmode: 'none' },
  })
  const cli = engineCli(engine)
  const answer = await engineRequest(
    engine,
    'POST',
    '/v4.0.0/libpod/containers/create',
    Readable.from([body]),
  )
  expect(answer).toMatchObject({ status: 201 })
  onTestFinished(async () => {
    await cli(['stop', 'isolation-users']).catch(() => undefined)
    await cli(['rm', '--force', 'isolation-users'])
  })
  await cli(['start', 'isolation-users'])
  const id = await cli(['inspect', '--format', '{{.Id}}', 'isolation-users'])
  const client = await openClient({ engine: engine.socket })
  const { id: engineId } = await client.engine()
  const isolation = await client.api.isolation.read({ engineId, id })
  expect(isolation).toMatchObject({
    kind: 'isolation',
    userMapping: {
      identity: false,
      users: [{ inside: 0, outside: 100_000, count: 1_000 }],
      user: { inside: 0, outside: 100_000 },
    },
    namespaces: expect.arrayContaining([
      expect.objectContaining({ kind: 'user', sharing: 'own' }),
    ]) as unknown,
  })
})

function inodesIn({ namespaces }: Isolation): Record<string, number | null> {
  return Object.fromEntries(namespaces.map(({ kind, inode }) => [kind, inode]))
}

function inodesOf(pid: number | 'self'): Record<NamespaceKind, number> {
  const inodes = namespaceKinds.map((kind) => [
    kind,
    Number(/\d+/.exec(readlinkSync(`/proc/${pid}/ns/${kind}`))?.[0]),
  ])
  return Object.fromEntries(inodes) as Record<NamespaceKind, number>
}

/** With the rights of another user than root, for whom the kernel keeps its namespaces closed. */
async function asNobody<Result>(work: () => Promise<Result>): Promise<Result> {
  const NOBODY = 65_534
  process.seteuid?.(NOBODY)
  try {
    return await work()
  } finally {
    process.seteuid?.(0)
  }
}

/** All processes in a namespace, as `lsns` finds them. */
function processesIn(inode: number): number[] {
  const out = execFileSync('lsns', ['--noheadings', '--output', 'PID', String(inode)])
  return out
    .toString()
    .trim()
    .split('\n')
    .map(Number)
    .sort((a, b) => a - b)
}

/** True where root has all capabilities that the kernel knows. */
function isWholeRoot(): boolean {
  const last = Number(readFileSync('/proc/sys/kernel/cap_last_cap', 'utf8'))
  const [, bounding] = /^CapBnd:\s*(\w+)$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  return BigInt(`0x${bounding ?? '0'}`) === (1n << BigInt(last + 1)) - 1n
}

/** Docker passes them to `ps`; Podman has names of its own. */
function topFields(kind: 'docker' | 'podman'): string[] {
  return kind === 'docker' ? ['-o', 'pid,cmd'] : ['hpid,args']
}
