import { containerName } from '../../../preload/contract/base'
import type { RunInput } from '../../../preload/contract/containers'
import type { Variable } from './dotEnv'
import { parseCores, parseMemory } from './limits'
import { splitShellWords } from '../../../preload/contract/shellWords'

type Protocol = 'tcp' | 'udp' | 'sctp'

export interface PortRow {
  /** Who can reach it: this machine only, or every network the machine is on. */
  reach: 'machine' | 'networks'
  /** Empty: the engine picks a free one. */
  hostPort: string
  containerPort: string
  protocol: Protocol
}

export interface VolumeRow {
  source: string
  target: string
  readOnly: boolean
}

/** What is typed in the run dialog: text, right or wrong. */
export interface RunForm {
  name: string
  command: string
  ports: PortRow[]
  environment: Variable[]
  volumes: VolumeRow[]
  cpu: string
  memory: string
}

export const emptyPort = (containerPort = '', protocol: Protocol = 'tcp'): PortRow => ({
  reach: 'machine',
  hostPort: '',
  containerPort,
  protocol,
})
export const emptyVolume = (): VolumeRow => ({ source: '', target: '', readOnly: false })
export const emptyVariable = (): Variable => ({ name: '', value: '' })

/** A fresh form: the ports that the image exposes are offered, on free ports of this machine only. */
export function newRunForm(exposedPorts: readonly string[] = []): RunForm {
  return {
    name: '',
    command: '',
    ports: exposedPorts.flatMap((exposed) => {
      const [containerPort = '', protocol = 'tcp'] = exposed.split('/')
      if (!isPort(containerPort) || !isProtocol(protocol)) return []
      return [emptyPort(containerPort, protocol)]
    }),
    environment: [],
    volumes: [],
    cpu: '',
    memory: '',
  }
}

/** What can be wrong with a field; each has its sentence in the words. */
export type RunError =
  | 'name'
  | Failed<ReturnType<typeof splitShellWords>>
  | `cpu-${Failed<ReturnType<typeof parseCores>>}`
  | `memory-${Failed<ReturnType<typeof parseMemory>>}`
  | 'port'
  | 'port-twice'
  | 'variable-name'
  | 'source'
  | 'target'
  | 'target-twice'

type Failed<Result> =
  Extract<Result, { ok: false }> extends { reason: infer Reason extends string } ? Reason : never

/** By field: `name`, `ports.0.hostPort`, … */
export type RunErrors = ReadonlyMap<string, RunError>
type Errors = Map<string, RunError>

export type RunFields = Omit<RunInput, 'engineId' | 'image' | 'acceptedDangers'>

/** moby's `RestrictedNamePattern`, for a volume that is named and not a path. */
const volumeNamePattern = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= 65_535
}

function isProtocol(text: string): text is Protocol {
  return text === 'tcp' || text === 'udp' || text === 'sctp'
}

/** Reads the form: what to run, or what is wrong with it. Rows left wholly empty count for nothing. */
export function readRunForm(form: RunForm): { fields: RunFields; errors: RunErrors } {
  const errors = new Map<string, RunError>()
  const name = form.name.trim()
  if (name !== '' && !containerName.safeParse(name).success) errors.set('name', 'name')

  const command = splitShellWords(form.command)
  if (!command.ok) errors.set('command', command.reason)
  const cpu = parseCores(form.cpu)
  if (!cpu.ok) errors.set('cpu', `cpu-${cpu.reason}`)
  const memory = parseMemory(form.memory)
  if (!memory.ok) errors.set('memory', `memory-${memory.reason}`)

  const fields: RunFields = {
    ...(name === '' ? {} : { name }),
    command: command.ok ? command.words : [],
    ports: readPorts(form.ports, errors),
    environment: readEnvironment(form.environment, errors),
    mounts: readVolumes(form.volumes, errors),
    cpuLimitCores: cpu.ok ? cpu.value : null,
    memoryLimitBytes: memory.ok ? memory.value : null,
  }
  return { fields, errors }
}

function readPorts(rows: readonly PortRow[], errors: Errors) {
  const taken = new Set<string>()
  return rows.flatMap((row, index) => {
    const hostPort = row.hostPort.trim()
    const containerPort = row.containerPort.trim()
    if (hostPort === '' && containerPort === '') return []
    if (!isPort(containerPort)) errors.set(`ports.${index}.containerPort`, 'port')
    if (hostPort !== '' && !isPort(hostPort)) errors.set(`ports.${index}.hostPort`, 'port')
    const key = `${Number(hostPort)}/${row.protocol}`
    if (hostPort !== '' && taken.has(key)) errors.set(`ports.${index}.hostPort`, 'port-twice')
    taken.add(key)
    return [
      {
        hostIp: row.reach === 'machine' ? '127.0.0.1' : '0.0.0.0',
        hostPort: hostPort === '' ? null : Number(hostPort),
        containerPort: Number(containerPort),
        protocol: row.protocol,
      },
    ]
  })
}

function readEnvironment(rows: readonly Variable[], errors: Errors) {
  return rows.flatMap(({ name, value }, index) => {
    const trimmed = name.trim()
    if (trimmed === '' && value === '') return []
    if (trimmed === '' || /[=\0]/.test(trimmed)) {
      errors.set(`environment.${index}.name`, 'variable-name')
    }
    return [{ name: trimmed, value }]
  })
}

function readVolumes(rows: readonly VolumeRow[], errors: Errors) {
  const mounted = new Set<string>()
  return rows.flatMap((row, index) => {
    const source = row.source.trim()
    const target = row.target.trim()
    if (source === '' && target === '') return []
    // A Windows engine takes C:\… as a path too.
    const isPath = /^(\/|[a-zA-Z]:[\\/])/.test(source)
    if (!isPath && !volumeNamePattern.test(source)) errors.set(`volumes.${index}.source`, 'source')
    if (!target.startsWith('/')) errors.set(`volumes.${index}.target`, 'target')
    else if (mounted.has(target)) errors.set(`volumes.${index}.target`, 'target-twice')
    mounted.add(target)
    return [
      {
        kind: isPath ? ('bind' as const) : ('volume' as const),
        source,
        target,
        readOnly: row.readOnly,
      },
    ]
  })
}
