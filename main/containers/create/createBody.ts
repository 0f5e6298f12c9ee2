import {
  isNetworkAlone,
  type ContainerSettings,
  type HealthcheckSetting,
  type NetworkSetting,
} from '../../../preload/contract/containerSettings'
import type { Dialect } from '../../engines/dialect/dialect'
import type { Creation } from '../recreation/createBody'
import { networkingConfig, type NetworkWish, type NetworkWishes } from '../recreation/networks'
import { mountFields } from './mounts'

type Body = Record<string, unknown>

/**
 * What makes a container with these settings: the body that `docker run` would send, and the networks it
 * is connected to before it is started. The name is no part of it: it goes into the query.
 */
export function createBody(
  settings: ContainerSettings,
  { createDefaults, creation }: Dialect,
): Creation {
  const networks = networksOf(settings.networks)
  const { ports, exposed } = portsOf(settings)
  const mounts = mountFields(settings.mounts)
  return {
    networks,
    body: {
      ...createDefaults,
      Image: settings.image,
      ...given('Entrypoint', entrypointOf(settings)),
      ...(settings.command.length > 0 && { Cmd: settings.command }),
      ...given('WorkingDir', settings.workingFolder),
      ...given('User', settings.user),
      ...given('Hostname', settings.hostname),
      Env: settings.environment.map(({ name, value }) => `${name}=${value}`),
      Labels: settings.labels,
      ExposedPorts: exposed,
      Volumes: mounts.Volumes,
      ...given('Healthcheck', settings.healthcheck && healthOf(settings.healthcheck, creation)),
      ...given('StopSignal', settings.stopSignal),
      ...given('StopTimeout', settings.stopSeconds),
      Tty: settings.tty,
      OpenStdin: settings.interactive,
      HostConfig: {
        ...hostConfigOf(settings),
        ...mounts.HostConfig,
        PortBindings: ports,
        NetworkMode: networks.mode,
        ...(settings.gpus !== null && { DeviceRequests: [creation.gpus(settings.gpus)] }),
      },
      ...networkingConfig(networks.first),
    },
  }
}

/** A field that engines fill in themselves where it is left out. */
function given(field: string, value: unknown): Body {
  return value === null || value === undefined ? {} : { [field]: value }
}

/** `['']` takes the image's away: an empty list would leave it (moby's mergeAndVerifyConfig). */
function entrypointOf({ entrypoint }: ContainerSettings): string[] | null {
  return entrypoint?.length === 0 ? [''] : entrypoint
}

function portsOf(settings: ContainerSettings) {
  const ports: Record<string, { HostIp: string; HostPort: string }[]> = {}
  for (const { containerPort, protocol, hostIp, hostPort } of settings.ports) {
    const binding = { HostIp: hostIp, HostPort: hostPort === null ? '' : String(hostPort) }
    const key = `${containerPort}/${protocol}`
    ports[key] = [...(ports[key] ?? []), binding]
  }
  return { ports, exposed: Object.fromEntries(Object.keys(ports).map((key) => [key, {}])) }
}

/** Times are nanoseconds; 0 is the engine's default. */
function healthOf(check: HealthcheckSetting, creation: Dialect['creation']): Body {
  if (check.kind === 'none') return { Test: creation.healthTest(['NONE']) }
  const { test, intervalMillis, timeoutMillis, startPeriodMillis, retries } = check
  const words = typeof test === 'string' ? ['CMD-SHELL', test] : ['CMD', ...(test ?? [])]
  const nanos = (millis: number | null) => (millis ?? 0) * 1e6
  return {
    ...(test !== null && { Test: creation.healthTest(words) }),
    Interval: nanos(intervalMillis),
    Timeout: nanos(timeoutMillis),
    StartPeriod: nanos(startPeriodMillis),
    Retries: retries ?? 0,
  }
}

function hostConfigOf(settings: ContainerSettings): Body {
  const { restart } = settings
  return {
    RestartPolicy: { Name: restart.policy, MaximumRetryCount: restart.maximumRetries ?? 0 },
    AutoRemove: settings.autoRemove,
    Dns: settings.dns,
    DnsSearch: settings.dnsSearch,
    DnsOptions: settings.dnsOptions,
    ExtraHosts: settings.extraHosts.map(({ host, address }) => `${host}:${address}`),
    GroupAdd: settings.groups,
    ...limitsOf(settings),
    Devices: settings.devices.map(({ hostPath, containerPath, permissions }) => ({
      PathOnHost: hostPath,
      PathInContainer: containerPath,
      CgroupPermissions: permissions,
    })),
    Privileged: settings.privileged,
    CapAdd: settings.addedCapabilities,
    CapDrop: settings.droppedCapabilities,
    SecurityOpt: settings.securityOptions,
    ReadonlyRootfs: settings.readOnlyRoot,
    ...(settings.init && { Init: true }),
    ...given('PidMode', settings.pidNamespace),
    ...given('IpcMode', settings.ipcNamespace),
    Ulimits: settings.ulimits.map(({ name, soft, hard }) => ({
      Name: name,
      Soft: soft,
      Hard: hard,
    })),
    Sysctls: settings.sysctls,
  }
}

function limitsOf(settings: ContainerSettings): Body {
  const { cpuLimitCores: cores } = settings
  return {
    ...given('NanoCpus', cores === null ? null : Math.round(cores * 1e9)),
    ...given('CpuShares', settings.cpuShares),
    ...given('CpusetCpus', settings.cpuset),
    ...given('Memory', settings.memoryLimitBytes),
    ...given('MemoryReservation', settings.memoryReservationBytes),
    ...given('MemorySwap', settings.memorySwapBytes),
    ...given('PidsLimit', settings.pidsLimit),
    ...given('ShmSize', settings.shmBytes),
  }
}

function networksOf(networks: readonly NetworkSetting[]): NetworkWishes {
  const [first, ...others] = networks
  if (first === undefined) return { mode: 'default', first: null, others: [], leave: null }
  return {
    mode: first.name,
    first: isNetworkAlone(first.name) ? null : wishOf(first),
    others: others.map(wishOf),
    leave: null,
  }
}

function wishOf({ name, aliases, ipv4Address, ipv6Address }: NetworkSetting): NetworkWish {
  const addresses = {
    ...given('IPv4Address', ipv4Address),
    ...given('IPv6Address', ipv6Address),
  }
  return {
    name,
    settings: {
      ...(aliases.length > 0 && { Aliases: aliases }),
      ...(Object.keys(addresses).length > 0 && { IPAMConfig: addresses }),
    },
  }
}
