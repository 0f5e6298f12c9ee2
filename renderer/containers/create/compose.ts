import { Document, visit } from 'yaml'
import { mountForm } from '../../../preload/contract/containerMounts'
import {
  isNetworkAlone,
  type ContainerSettings,
  type HealthcheckSetting,
  type MountSetting,
  type NetworkSetting,
} from '../../../preload/contract/containerSettings'
import { writeDuration, writeSize } from './line/amounts'
import { writePublish } from './line/ports'

type Fields = Record<string, unknown>

/**
 * A file for `docker compose up` that makes an equal container (compose-spec 05-services.md). Named
 * volumes keep their names; networks are those that are there. Compose has no field for `--rm`.
 */
export function writeCompose(settings: ContainerSettings): string {
  const named = settings.mounts.filter(({ kind, source }) => kind === 'volume' && source !== '')
  const networks = settings.networks.filter(({ name }) => isOwnNetwork(name))
  const file = {
    services: { [serviceName(settings)]: serviceOf(settings) },
    ...(named.length > 0 && {
      volumes: Object.fromEntries(named.map(({ source }) => [source, { name: source }])),
    }),
    ...(networks.length > 0 && {
      networks: Object.fromEntries(networks.map(({ name }) => [name, { external: true }])),
    }),
  }
  // Compose reads YAML 1.1 in part: `no`, `22:22` and the like are quoted.
  const document = new Document(file, { version: '1.1' })
  visit(document, {
    // Compose would put a variable's value in its place.
    Scalar(key, node) {
      if (key !== 'key' && typeof node.value === 'string') {
        node.value = node.value.replaceAll('$', '$$$$')
      }
    },
  })
  return document.toString({ lineWidth: 0 })
}

/** The container's name, or the last part of the image's. */
export function serviceName({ name, image }: ContainerSettings): string {
  const last = image.replace(/^.*\//, '').replace(/[:@].*$/, '')
  return (name ?? last).replace(/[^a-zA-Z0-9._-]/g, '-') || 'app'
}

/** `bridge` is the engine's own, which compose knows as a mode. */
function isOwnNetwork(name: string): boolean {
  return !isNetworkAlone(name) && name !== 'bridge' && name !== 'default'
}

function serviceOf(settings: ContainerSettings): Fields {
  const { environment, cpuLimitCores } = settings
  return present({
    image: settings.image,
    container_name: settings.name,
    entrypoint: settings.entrypoint,
    command: some(settings.command),
    working_dir: settings.workingFolder,
    user: settings.user,
    group_add: some(settings.groups),
    hostname: settings.hostname,
    environment: someOf(Object.fromEntries(environment.map(({ name, value }) => [name, value]))),
    labels: someOf(settings.labels),
    ports: some(settings.ports.map(writePublish)),
    ...mountsOf(settings.mounts),
    ...networksOf(settings.networks),
    dns: some(settings.dns),
    dns_search: some(settings.dnsSearch),
    dns_opt: some(settings.dnsOptions),
    extra_hosts: some(settings.extraHosts.map(({ host, address }) => `${host}:${address}`)),
    cpus: cpuLimitCores,
    cpu_shares: settings.cpuShares,
    cpuset: settings.cpuset,
    mem_limit: sizeOf(settings.memoryLimitBytes),
    mem_reservation: sizeOf(settings.memoryReservationBytes),
    memswap_limit: settings.memorySwapBytes === -1 ? -1 : sizeOf(settings.memorySwapBytes),
    pids_limit: settings.pidsLimit,
    shm_size: sizeOf(settings.shmBytes),
    restart: restartOf(settings),
    healthcheck: settings.healthcheck && healthcheckOf(settings.healthcheck),
    stop_signal: settings.stopSignal,
    stop_grace_period: settings.stopSeconds === null ? null : `${settings.stopSeconds}s`,
    devices: some(
      settings.devices.map(
        ({ hostPath, containerPath, permissions }) => `${hostPath}:${containerPath}:${permissions}`,
      ),
    ),
    deploy: settings.gpus === null ? null : deployOf(settings.gpus),
    privileged: settings.privileged || null,
    cap_add: some(settings.addedCapabilities),
    cap_drop: some(settings.droppedCapabilities),
    security_opt: some(settings.securityOptions),
    read_only: settings.readOnlyRoot || null,
    init: settings.init || null,
    tty: settings.tty || null,
    stdin_open: settings.interactive || null,
    pid: settings.pidNamespace,
    ipc: settings.ipcNamespace,
    ulimits: someOf(
      Object.fromEntries(
        settings.ulimits.map(({ name, soft, hard }) => [
          name,
          soft === hard ? soft : { soft, hard },
        ]),
      ),
    ),
    sysctls: someOf(settings.sysctls),
  })
}

/** Without what was not said. */
function present(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  )
}

const some = <Item>(items: Item[]) => (items.length > 0 ? items : null)
const someOf = (fields: Fields) => (Object.keys(fields).length > 0 ? fields : null)
const sizeOf = (bytes: number | null) => (bytes === null ? null : writeSize(bytes))
const timeOf = (millis: number | null) => (millis === null ? null : writeDuration(millis))

function mountsOf(mounts: readonly MountSetting[]): Fields {
  const tmpfs: string[] = []
  const volumes: unknown[] = []
  for (const mount of mounts) {
    const form = mountForm(mount)
    if (form.kind === 'tmpfs') {
      tmpfs.push(form.options === '' ? mount.target : `${mount.target}:${form.options}`)
    } else if (form.kind === 'anonymous') volumes.push(mount.target)
    else volumes.push(form.kind === 'volume' ? form.text : inFull(mount))
  }
  return { volumes: some(volumes), tmpfs: some(tmpfs) }
}

function inFull({ kind, source, target, readOnly, sizeBytes }: MountSetting): Fields {
  return present({
    type: kind,
    source: source === '' ? null : source,
    target,
    read_only: readOnly || null,
    tmpfs: sizeBytes === null ? null : { size: sizeBytes },
  })
}

function networksOf(networks: readonly NetworkSetting[]): Fields {
  const [first] = networks
  if (first === undefined) return {}
  if (networks.length === 1 && !isOwnNetwork(first.name)) return { network_mode: first.name }
  const isPlain = networks.every(
    ({ aliases, ipv4Address, ipv6Address }) =>
      aliases.length === 0 && ipv4Address === null && ipv6Address === null,
  )
  if (isPlain) return { networks: networks.map(({ name }) => name) }
  return {
    networks: Object.fromEntries(
      networks.map(({ name, aliases, ipv4Address, ipv6Address }) => [
        name,
        someOf(
          present({
            aliases: some(aliases),
            ipv4_address: ipv4Address,
            ipv6_address: ipv6Address,
          }),
        ),
      ]),
    ),
  }
}

function restartOf({ restart: { policy, maximumRetries } }: ContainerSettings): string | null {
  if (policy === 'no') return null
  return policy === 'on-failure' && maximumRetries !== null ? `${policy}:${maximumRetries}` : policy
}

function healthcheckOf(check: HealthcheckSetting): Fields {
  if (check.kind === 'none') return { disable: true }
  const { test } = check
  return present({
    test: Array.isArray(test) ? ['CMD', ...test] : test,
    interval: timeOf(check.intervalMillis),
    timeout: timeOf(check.timeoutMillis),
    start_period: timeOf(check.startPeriodMillis),
    retries: check.retries,
  })
}

function deployOf(gpus: NonNullable<ContainerSettings['gpus']>): Fields {
  const which = Array.isArray(gpus) ? { device_ids: gpus } : { count: gpus }
  return { resources: { reservations: { devices: [{ ...which, capabilities: ['gpu'] }] } } }
}
