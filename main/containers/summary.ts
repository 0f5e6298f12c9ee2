import type { ContainerInfo, ContainerInspectInfo } from 'dockerode'
import type { Container, Mount, Port } from '../../preload/contract/containers'
import { sampleLabel } from '../../preload/contract/samples'
import { keysOf } from '../engines/answers'
import { PERIOD_MICROS } from '../engines/dialect/cpuQuota'
import type { Dialect } from '../engines/dialect/dialect'
import { isUnnamed } from '../volumes/unnamed'

/**
 * A row out of `GET /containers/json`. The list does not tell limits, times or exit reasons: those are
 * kept from `before` until the container has been inspected.
 */
export function containerFromList(
  info: ContainerInfo,
  dialect: Dialect,
  before: Container | undefined,
): Container {
  const labels = { ...info.Labels }
  const exit = /^Exited \((-?\d+)\)/.exec(info.Status)
  return {
    id: info.Id,
    name: listedName(info),
    // Docker lists the id in place of a name that means another image by now.
    image: before && imageIdOf(info.Image) ? before.image : info.Image,
    imageId: imageIdOf(info.ImageID),
    newerImageId: before?.newerImageId ?? null,
    command: info.Command,
    createdAt: info.Created * 1_000,
    startedAt: before?.startedAt ?? null,
    finishedAt: before?.finishedAt ?? null,
    state: dialect.containerState(info.State),
    exitCode: exit ? Number(exit[1]) : null,
    oomKilled: before?.oomKilled ?? false,
    restartLoop: before?.restartLoop ?? null,
    health: healthOf(/\((?:health: )?(starting|healthy|unhealthy)\)/.exec(info.Status)?.[1]),
    ports: before?.ports ?? portsFromList(info),
    mounts: before?.mounts ?? mountsOf(info.Mounts),
    networks: before?.networks ?? [],
    labels,
    ...composeOf(labels),
    cpuLimitCores: before?.cpuLimitCores ?? null,
    memoryLimitBytes: before?.memoryLimitBytes ?? null,
    sample: sampleLabel in labels,
  }
}

/** A row out of `GET /containers/{id}/json`. */
export function containerFromInspect(info: ContainerInspectInfo, dialect: Dialect): Container {
  const labels = { ...info.Config.Labels }
  const state = dialect.containerState(info.State.Status)
  const host = info.HostConfig
  return {
    id: info.Id,
    name: plainName(info.Name),
    image: info.Config.Image,
    imageId: imageIdOf(info.Image),
    // Known by who knows the images.
    newerImageId: null,
    command: [info.Path, ...info.Args].join(' ').trim(),
    createdAt: Date.parse(info.Created) || 0,
    startedAt: momentOf(info.State.StartedAt),
    finishedAt: momentOf(info.State.FinishedAt),
    state,
    exitCode: state === 'exited' || state === 'dead' ? info.State.ExitCode : null,
    oomKilled: info.State.OOMKilled,
    // Known by who saw it restart.
    restartLoop: null,
    health: healthOf(info.State.Health?.Status),
    ports: portsFromInspect(info),
    mounts: mountsOf(info.Mounts),
    networks: Object.keys(info.NetworkSettings.Networks),
    labels,
    ...composeOf(labels),
    cpuLimitCores: cpuLimitOf(host),
    memoryLimitBytes: host.Memory ? host.Memory : null,
    sample: sampleLabel in labels,
  }
}

/** Engines put a slash before names, for links of long ago. */
export function plainName(name: string): string {
  return name.replace(/^\//, '')
}

/** The name of a container out of a list: the first of those that it has. */
export function listedName({ Names }: Pick<ContainerInfo, 'Names'>): string {
  return plainName(Names[0] ?? '')
}

function imageIdOf(raw: string | undefined): string | null {
  const digits = /^(?:sha256:)?([a-f0-9]{64})$/.exec(raw ?? '')?.[1]
  return digits === undefined ? null : `sha256:${digits}`
}

/** `0001-01-01T00:00:00Z` is Go's zero time: it never happened. */
function momentOf(text: string | undefined): number | null {
  const millis = Date.parse(text ?? '')
  return millis > 0 ? millis : null
}

function healthOf(status: string | undefined): Container['health'] {
  return status === 'starting' || status === 'healthy' || status === 'unhealthy' ? status : 'none'
}

/** The compose project that a container, volume or network with these labels belongs to. */
export function composeProjectOf(labels: Readonly<Record<string, string>>): string | null {
  return labels['com.docker.compose.project'] ?? labels['io.podman.compose.project'] ?? null
}

function composeOf(labels: Record<string, string>) {
  return {
    composeProject: composeProjectOf(labels),
    composeService:
      labels['com.docker.compose.service'] ?? labels['io.podman.compose.service'] ?? null,
  }
}

/** Cores: `NanoCpus` / 10^9, or quota / period as `--cpu-quota` gives them. */
export function cpuLimitOf(
  host: Partial<Record<'NanoCpus' | 'CpuQuota' | 'CpuPeriod', number | null | undefined>>,
): number | null {
  if (host.NanoCpus) return host.NanoCpus / 1e9
  if (host.CpuQuota && host.CpuQuota > 0) return host.CpuQuota / (host.CpuPeriod || PERIOD_MICROS)
  return null
}

function portsFromList(info: ContainerInfo): Port[] {
  return sortPorts(
    // Podman answers null for none.
    ((info.Ports as ContainerInfo['Ports'] | null) ?? []).map((port) => ({
      hostIp: port.IP || '',
      hostPort: port.PublicPort || null,
      containerPort: port.PrivatePort,
      protocol: protocolOf(port.Type),
    })),
  )
}

/** What is bound now; for a container that does not run, what it would bind. */
function portsFromInspect(info: ContainerInspectInfo): Port[] {
  const bound = info.NetworkSettings.Ports as Record<string, Binding[] | null> | null
  const wanted = info.HostConfig.PortBindings as Record<string, Binding[] | null> | null
  const exposed = keysOf(info.Config.ExposedPorts)
  const running = bound !== null && Object.keys(bound).length > 0
  const bindings = running ? bound : (wanted ?? {})
  const ports = new Map<string, Port>()
  for (const key of new Set([...exposed, ...Object.keys(bindings)])) {
    const [containerPort, protocol] = key.split('/')
    const hosts = bindings[key] ?? []
    for (const { HostIp, HostPort } of hosts.length > 0 ? hosts : [{}]) {
      const port: Port = {
        hostIp: HostIp ?? '',
        hostPort: Number(HostPort) || null,
        containerPort: Number(containerPort),
        protocol: protocolOf(protocol),
      }
      ports.set(JSON.stringify(port), port)
    }
  }
  return sortPorts([...ports.values()])
}

type ListedMount = Omit<ContainerInfo['Mounts'][number], 'Type'>

interface Binding {
  HostIp?: string
  HostPort?: string
}

function protocolOf(raw: string | undefined): Port['protocol'] {
  return raw === 'udp' || raw === 'sctp' ? raw : 'tcp'
}

function sortPorts(ports: Port[]): Port[] {
  return ports.sort(
    (left, right) =>
      left.containerPort - right.containerPort ||
      left.protocol.localeCompare(right.protocol) ||
      left.hostIp.localeCompare(right.hostIp),
  )
}

/** Who uses which volume is known from the list on, before any inspection. Podman writes null for none. */
function mountsOf(mounts: (ListedMount & { Type?: string })[] | null | undefined): Mount[] {
  return (mounts ?? []).map((mount) => ({
    type: mount.Type ?? 'bind',
    name: mount.Name ?? '',
    source: mount.Source,
    destination: mount.Destination,
    readWrite: mount.RW,
    anonymous: mount.Type === 'volume' && isUnnamed(mount.Name ?? ''),
  }))
}
