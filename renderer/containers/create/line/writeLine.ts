import type {
  ContainerSettings,
  HealthcheckSetting,
  NetworkSetting,
} from '../../../../preload/contract/containerSettings'
import { joinShellWords } from '../../../../preload/contract/shellWords'
import { writeDuration, writeSize } from './amounts'
import { joinCsv } from './csv'
import { writeMount } from './mounts'
import { writeNetwork } from './networks'
import { podmanSplits } from './otherOptions'
import { writePublish } from './ports'

export interface LineStyle {
  program: 'docker' | 'podman'
  /** The engine takes several networks when a container is made: Docker from 25 on (API 1.44), Podman. */
  severalNetworks: boolean
  /** False: it is only created. */
  start: boolean
}

/** An option with its value; a switch has none. */
type Option = [name: string] | [name: string, value: string]

/**
 * The command that makes the same container, as text for a POSIX shell: an option on each line. Where
 * `run` takes one network only, commands that connect it to the others follow.
 */
export function writeLine(settings: ContainerSettings, style: LineStyle): string {
  const { image, command } = settings
  const [entrypoint, entrypointRest] = entrypointOf(settings, style)
  const head = [style.program, ...(style.start ? ['run', '--detach'] : ['create'])]
  const lines = [
    head,
    ...optionsOf(settings, style),
    ...entrypoint,
    [image, ...entrypointRest, ...command],
  ].map((words) => joinShellWords(words))
  return [lines.join(' \\\n  '), ...connections(settings, style)].join('\n')
}

/** The parts of the form that stay closed until they are needed, in their order. */
export const sections = [
  'network',
  'limits',
  'restart',
  'health',
  'user',
  'labels',
  'devices',
  'security',
  'process',
  'kernel',
] as const
export type Section = (typeof sections)[number]

function optionsOf(settings: ContainerSettings, style: LineStyle): Option[] {
  const written: Option[] = [
    ...text('--name', settings.name ?? null),
    ...settings.ports.map((port): Option => ['--publish', writePublish(port)]),
    ...settings.environment.map(({ name, value }): Option => ['--env', `${name}=${value}`]),
    ...settings.mounts.map(writeMount),
    ...sections.flatMap((section) => sectionOptions[section](settings, style)),
  ]
  return style.program === 'podman' ? written.map(withoutCommas) : written
}

const sectionOptions: Record<Section, (settings: ContainerSettings, style: LineStyle) => Option[]> =
  {
    network: (settings, style) => [
      ...networkOptions(settings.networks, style),
      ...text('--hostname', settings.hostname),
      ...each('--dns', settings.dns),
      ...each('--dns-search', settings.dnsSearch),
      ...each('--dns-option', settings.dnsOptions),
      ...settings.extraHosts.map(({ host, address }): Option => [
        '--add-host',
        `${host}:${address}`,
      ]),
    ],
    limits: limitOptions,
    restart: restartOptions,
    health: ({ healthcheck }, style) => healthOptions(healthcheck, style),
    user: (settings) => [
      ...text('--user', settings.user),
      ...each('--group-add', settings.groups),
      ...text('--workdir', settings.workingFolder),
    ],
    labels: ({ labels }) => pairs('--label', labels),
    devices: deviceOptions,
    security: (settings) => [
      ...turned('--privileged', settings.privileged),
      ...each('--cap-add', settings.addedCapabilities),
      ...each('--cap-drop', settings.droppedCapabilities),
      ...each('--security-opt', settings.securityOptions),
      ...turned('--read-only', settings.readOnlyRoot),
    ],
    process: (settings) => [
      ...turned('--init', settings.init),
      ...turned('--tty', settings.tty),
      ...turned('--interactive', settings.interactive),
      ...text('--pid', settings.pidNamespace),
      ...text('--ipc', settings.ipcNamespace),
    ],
    kernel: (settings) => [
      ...settings.ulimits.map(({ name, soft, hard }): Option => [
        '--ulimit',
        `${name}=${soft === hard ? soft : `${soft}:${hard}`}`,
      ]),
      ...pairs('--sysctl', settings.sysctls),
    ],
  }

/** What is set in a section, as short as the command says it: `--cpus 0.5 --memory 64m`. */
export function sectionText(
  section: Section,
  settings: ContainerSettings,
  style: LineStyle,
): string {
  const own = sectionOptions[section](settings, style)
  const entrypoint = section === 'user' ? entrypointOf(settings, style)[0] : []
  return [...entrypoint, ...own].map((option) => joinShellWords(option)).join(' ')
}

/** Podman's command splits some values at commas, unless they are quoted as in CSV. */
function withoutCommas([name, value]: Option): Option {
  if (value === undefined) return [name]
  return [name, podmanSplits.has(name.slice(2)) ? joinCsv([value]) : value]
}

const each = (name: string, values: readonly string[]) =>
  values.map((value): Option => [name, value])
const text = (name: string, value: string | null): Option[] =>
  value === null ? [] : [[name, value]]
const turned = (name: string, isOn: boolean): Option[] => (isOn ? [[name]] : [])
const pairs = (name: string, values: Record<string, string>) =>
  Object.entries(values).map(([key, value]): Option => [name, `${key}=${value}`])
const size = (name: string, bytes: number | null) =>
  text(name, bytes === null ? null : writeSize(bytes))
const whole = (name: string, value: number | null) =>
  text(name, value === null ? null : String(value))
const time = (name: string, millis: number | null) =>
  text(name, millis === null ? null : writeDuration(millis))

function limitOptions(settings: ContainerSettings): Option[] {
  const { cpuLimitCores: cores, memorySwapBytes: swap } = settings
  return [
    ...whole('--cpus', cores === null ? null : Number(cores.toFixed(9))),
    ...whole('--cpu-shares', settings.cpuShares),
    ...text('--cpuset-cpus', settings.cpuset),
    ...size('--memory', settings.memoryLimitBytes),
    ...size('--memory-reservation', settings.memoryReservationBytes),
    ...(swap === -1 ? whole('--memory-swap', -1) : size('--memory-swap', swap)),
    ...whole('--pids-limit', settings.pidsLimit),
    ...size('--shm-size', settings.shmBytes),
  ]
}

function restartOptions(settings: ContainerSettings): Option[] {
  const { policy, maximumRetries } = settings.restart
  const isCounted = policy === 'on-failure' && maximumRetries !== null
  return [
    ...turned('--rm', settings.autoRemove),
    ...text('--restart', policy === 'no' ? null : policy + (isCounted ? `:${maximumRetries}` : '')),
    ...text('--stop-signal', settings.stopSignal),
    ...whole('--stop-timeout', settings.stopSeconds),
  ]
}

function healthOptions(check: HealthcheckSetting | null, style: LineStyle): Option[] {
  if (check === null) return []
  if (check.kind === 'none') return [['--no-healthcheck']]
  return [
    ...text('--health-cmd', check.test === null ? null : testText(check.test, style)),
    ...time('--health-interval', check.intervalMillis),
    ...time('--health-timeout', check.timeoutMillis),
    ...time('--health-start-period', check.startPeriodMillis),
    ...whole('--health-retries', check.retries),
  ]
}

/** Docker's command takes a line for the shell; Podman's takes words too, but splits them at spaces. */
function testText(test: string | string[], { program }: LineStyle): string {
  if (typeof test === 'string') return test
  const isWords =
    program === 'podman' && test.length > 1 && !test.some((word) => /^$|\s/.test(word))
  return isWords ? JSON.stringify(test) : joinShellWords(test)
}

function deviceOptions({ devices, gpus }: ContainerSettings, { program }: LineStyle): Option[] {
  return [
    ...devices.map(({ hostPath, containerPath, permissions }): Option => {
      const isPlain = permissions === 'rwm'
      const inside = hostPath === containerPath && isPlain ? '' : `:${containerPath}`
      return ['--device', `${hostPath}${inside}${isPlain ? '' : `:${permissions}`}`]
    }),
    ...(gpus === null ? [] : program === 'podman' ? podmanGpus(gpus) : [dockerGpus(gpus)]),
  ]
}

type Gpus = NonNullable<ContainerSettings['gpus']>

const dockerGpus = (gpus: Gpus): Option => [
  '--gpus',
  Array.isArray(gpus) ? joinCsv([`device=${gpus.join(',')}`]) : String(gpus),
]

function podmanGpus(gpus: Gpus): Option[] {
  const count = typeof gpus === 'number' ? gpus : 0
  const ids = Array.isArray(gpus) ? gpus : gpus === 'all' ? ['all'] : [...Array(count).keys()]
  return ids.map((id) => ['--device', `nvidia.com/gpu=${id}`])
}

/** The words that replace the image's entrypoint, and those that have to stand before the command. */
function entrypointOf(
  { entrypoint }: ContainerSettings,
  { program }: LineStyle,
): [options: Option[], rest: string[]] {
  if (entrypoint === null) return [[], []]
  const [first = '', ...rest] = entrypoint
  if (program === 'podman' && (rest.length > 0 || first.startsWith('['))) {
    return [[['--entrypoint', JSON.stringify(entrypoint)]], []]
  }
  return [[['--entrypoint', first]], rest]
}

function networkOptions(networks: readonly NetworkSetting[], style: LineStyle): Option[] {
  const [first] = networks
  if (first === undefined) return []
  if (networks.length > 1 && style.severalNetworks) {
    const isPodman = style.program === 'podman'
    return networks.map((network) => ['--network', writeNetwork(network, isPodman)])
  }
  return [
    ['--network', first.name],
    ...each('--network-alias', first.aliases),
    ...text('--ip', first.ipv4Address),
    ...text('--ip6', first.ipv6Address),
  ]
}

/** What connects it to further networks where `run` takes one only. */
function connections({ name, networks }: ContainerSettings, style: LineStyle): string[] {
  if (style.severalNetworks) return []
  const { program } = style
  const container = name ?? `"$(${program} ps --latest --quiet)"`
  return networks.slice(1).map((network) => {
    const options = [
      ...each('--alias', network.aliases),
      ...text('--ip', network.ipv4Address),
      ...text('--ip6', network.ipv6Address),
    ].flat()
    const words = [program, 'network', 'connect', ...options, network.name]
    return `${joinShellWords(words)} ${container}`
  })
}
