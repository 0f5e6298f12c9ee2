import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import {
  engineCli,
  makeBusyboxImage,
  makeLayeredImage,
  startDocker,
  startPodman,
  waitFor,
  type Engine,
  type EngineFacts,
} from '../bed'
import { answers } from '../bed/api'
import { sweepStaleBeds } from '../bed/folder'
import { processesOf } from '../bed/processes'

const bed = inject('bed')

describe.each(bed.engines)('the $kind engine of the bed', (engine) => {
  const cli = engineCli(engine)
  /** A name that is free on the shared engine, removed after the test. */
  function containerName(name: string): string {
    onTestFinished(async () => {
      await cli(['rm', '--force', name])
    })
    return name
  }

  test('runs a container with a published port and limits', async () => {
    const name = containerName('bed-web')
    const limits = ['--memory', '64m', '--cpus', '0.5']
    const server = ['httpd', '-f', '-p', '8080', '-h', '/www']
    await cli([
      'run',
      '-d',
      '--name',
      name,
      '-p',
      '127.0.0.1::8080',
      ...limits,
      bed.busybox,
      ...server,
    ])
    const address = await cli(['port', name, '8080'])
    const page = await waitFor('the page', () => fetch(`http://${address}/`).catch(() => null))
    expect(await page.text()).toBe('Longshore test bed\n')
    const pid = Number(await cli(['inspect', '--format', '{{.State.Pid}}', name]))
    expect(limitsOf(pid)).toEqual({ memoryBytes: 64 * 1024 * 1024, cores: 0.5 })
  })

  test('tells what another client does, as it happens', async () => {
    const events = listenToEvents(engine)
    const name = containerName('bed-seen')
    await cli(['run', '-d', '--name', name, bed.busybox, 'true'])
    await waitFor('the start of the container', () =>
      events
        .seen()
        .some((event) => event.Action === 'start' && event.Actor.Attributes.name === name),
    )
    await waitFor('its end', () =>
      events.seen().some((event) => event.Action === 'die' && event.Actor.Attributes.name === name),
    )
  })
})

describe.each([
  ['docker', startDocker],
  ['podman', startPodman],
] as const)('a %s engine of its own', (kind, start) => {
  test('dies, comes back with its containers, hangs and recovers', async () => {
    const engine = await startOwn()
    const cli = engineCli(engine)
    await cli(['create', '--name', 'kept', bed.busybox, 'true'])
    const first = engine.pid
    await engine.kill()
    expect(await answers(engine)).toBe(false)
    await engine.start()
    await engine.restart()
    expect(engine.pid).not.toBe(first)
    expect(await cli(['ps', '--all', '--format', '{{.Names}}'])).toBe('kept')
    await engine.freeze()
    expect(await answers(engine)).toBe(false)
    engine.thaw()
    expect(await answers(engine)).toBe(true)
  })

  test('leaves nothing when it stops, whatever state it and its containers are in', async () => {
    const engine = await startOwn()
    const cli = engineCli(engine)
    const run = (...args: string[]) => cli(['run', '-d', ...args])
    await cli(['network', 'create', 'extra'])
    await run(
      '--name',
      'networked',
      '--network',
      'extra',
      '-p',
      '127.0.0.1::80',
      bed.busybox,
      'top',
    )
    await run('--name', 'paused', bed.busybox, 'sleep', '1000')
    await cli(['pause', 'paused'])
    const subnetFormat = '{{range .IPAM.Config}}{{.Subnet}}{{end}}'
    const subnet = await cli(['network', 'inspect', '--format', subnetFormat, 'extra'])
    expect(networkTraces(subnet)).not.toEqual([])
    const pids = await cli(['inspect', '--format', '{{.State.Pid}}', 'networked', 'paused'])
    const cgroups = pids.split('\n').map((pid) => cgroupFolder(Number(pid), 'memory'))
    expect(cgroups.every((folder) => existsSync(folder))).toBe(true)
    await engine.kill()
    await engine.stop()
    expectNothingLeft(engine)
    expect(networkTraces(subnet)).toEqual([])
    expect(cgroups.filter((folder) => existsSync(folder))).toEqual([])
  })

  test('can be given a small disk, which fills up', async () => {
    const engine = await startOwn({ diskBytes: 20_000_000 })
    await expect(makeLayeredImage(engine, 'localhost/large:1', 2, 15_000_000)).rejects.toThrow(
      'no space left on device',
    )
    expect(await answers(engine)).toBe(true)
  })

  test('is removed by the next bed when its own process was killed', async () => {
    // No process with this id started at tick 0 of the machine.
    const folder = mkdtempSync(join(tmpdir(), `longshore-bed-${process.pid}-0-`))
    const engine = await start(folder)
    await makeBusyboxImage(engine, bed.busybox)
    await engineCli(engine)(['run', '-d', bed.busybox, 'sleep', '1000'])
    sweepStaleBeds()
    expectNothingLeft(engine)
    expect(existsSync(folder)).toBe(false)
    expect(await answers(bed[kind])).toBe(true)
  })

  async function startOwn(options = {}): Promise<Engine> {
    const engine = await start(bed.folder, options)
    onTestFinished(() => engine.stop())
    await makeBusyboxImage(engine, bed.busybox)
    return engine
  }
})

function expectNothingLeft({ folder }: EngineFacts): void {
  const bridge = folder.slice(-6)
  expect(processesOf(folder)).toEqual([])
  expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(folder)
  expect(Object.keys(networkInterfaces()).filter((name) => name.includes(bridge))).toEqual([])
  expect(existsSync(folder)).toBe(false)
}

/** The host's addresses and firewall rules in a /24. */
function networkTraces(subnet: string): string[] {
  const prefix = subnet.replace(/\d+\/24$/, '')
  return [execFileSync('ip', ['address']), execFileSync('iptables-save')]
    .flatMap((output) => output.toString().split('\n'))
    .filter((line) => line.includes(` ${prefix}`))
}

interface EngineEvent {
  Action: string
  Actor: { Attributes: Record<string, string> }
}

/** Collects the engine's events until the test is over. */
function listenToEvents(engine: EngineFacts): { seen(): EngineEvent[] } {
  let text = ''
  const outgoing = request({ socketPath: engine.socket, path: '/events' }, (answer) => {
    answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  })
  outgoing.end()
  onTestFinished(() => void outgoing.destroy())
  return {
    seen: () =>
      text
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as EngineEvent),
  }
}

/** What the kernel holds a process to; cgroup v1 and v2. */
function limitsOf(pid: number): { memoryBytes: number; cores: number } {
  const read = (controller: string, file: string) => {
    const path = join(cgroupFolder(pid, controller), file)
    return existsSync(path) ? readFileSync(path, 'utf8') : null
  }
  const [quota = 0, period = 1] = (
    read('cpu', 'cpu.max') ??
    `${read('cpu', 'cpu.cfs_quota_us') ?? ''} ${read('cpu', 'cpu.cfs_period_us') ?? ''}`
  )
    .split(/\s+/)
    .filter(Boolean)
    .map(Number)
  const memory = read('memory', 'memory.max') ?? read('memory', 'memory.limit_in_bytes')
  return { memoryBytes: Number(memory), cores: quota / period }
}

function cgroupFolder(pid: number, controller: string): string {
  const lines = readFileSync(`/proc/${pid}/cgroup`, 'utf8').trim().split('\n')
  const paths = new Map(
    lines.map((line) => {
      const [, controllers = '', path = ''] = line.split(':')
      return [controllers, path]
    }),
  )
  const versionOne = paths.get(controller)
  return versionOne === undefined
    ? join('/sys/fs/cgroup', paths.get('') ?? '')
    : join('/sys/fs/cgroup', controller, versionOne)
}
