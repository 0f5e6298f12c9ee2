import type { ContainerState } from '../../../preload/contract/containers'
import { limitFields, type LimitField, type Unchangeable } from '../../../preload/contract/limits'
import { podmanBuilds } from './builds'
import { PERIOD_MICROS, quotaMicrosOf } from './cpuQuota'
import { podmanCreation } from './creation'
import type { Dialect, LimitsUpdate } from './dialect'
import { compareVersions } from '../versions'
import { parseEvent } from './event'
import { podmanDiskUsage } from './podmanDiskUsage'
import { podmanFacts } from './podmanFacts'
import { podmanNetworks } from './networks'
import { dockerStatsAnswer } from './podmanStats'
import { podmanHealth } from './health'
import { podmanReadBack } from './readBack'
import { podmanRecreation } from './recreation'
import { podmanRegistrySetup } from './registrySetup'
import { podmanVolumes } from './volumes'

/** libpod's own words (libpod/define/containerstate.go) in Docker's. */
const states: Record<string, ContainerState> = {
  configured: 'created',
  initialized: 'created',
  created: 'created',
  running: 'running',
  paused: 'paused',
  restarting: 'restarting',
  stopping: 'stopping',
  removing: 'removing',
  stopped: 'exited',
  exited: 'exited',
  bad: 'dead',
  unknown: 'dead',
}

/** Events that Podman calls otherwise than Docker. */
const actions: Record<string, string> = { died: 'die', remove: 'destroy', cleanup: 'die' }

const connections = new Set(['connect', 'disconnect'])

export const podmanDialect: Dialect = {
  kind: 'podman',
  // containers/common pkg/config/default.go; its Docker-compatible API gives three more, as Docker does.
  usualCapabilities: [
    'CAP_CHOWN',
    'CAP_DAC_OVERRIDE',
    'CAP_FOWNER',
    'CAP_FSETID',
    'CAP_KILL',
    'CAP_NET_BIND_SERVICE',
    'CAP_SETFCAP',
    'CAP_SETGID',
    'CAP_SETPCAP',
    'CAP_SETUID',
    'CAP_SYS_CHROOT',
  ],
  containerState: (raw) => states[raw.toLowerCase()] ?? 'dead',
  event(raw) {
    const event = parseEvent(raw)
    // The container's id stands where Docker has the network's, which is not told (podman #21311).
    if (event?.type === 'network' && connections.has(event.action)) {
      return { ...event, id: '', containerId: event.id }
    }
    if (event?.type !== 'container' && event?.type !== 'volume') return event
    return { ...event, action: actions[event.action] ?? event.action }
  },
  // Without it Podman 4.3's compatible API makes containers that are killed the moment they are stopped.
  createDefaults: { StopTimeout: 10 },
  creation: podmanCreation,
  // Otherwise a forced removal waits for the stop time-out first.
  forcedRemoval: { timeout: 0 },
  // It reads the last lines first, and then goes to the end that the file has by then (measured on 4.3).
  followsFromTail: false,
  // A piece of a line that conmon cut, or of one that is not over, is put to the line before it (4.3's
  // libpod/logs/log.go, getTailLog; containers/podman issue 19545).
  tailIsTrue: false,
  // Only one that runs is noted to be stopped by a person (libpod/container_api.go, Stop).
  remembersStops: false,
  layerReuse: 'by-diff-id',
  // Podman gives all files of the archive to root on their way out (libpod/container_copy_common.go).
  archiveTellsOwners: false,
  pullRequest: (name, tagOrDigest, { plainHttp, platform }) =>
    // Podman 4.3's compatible route ignores tlsVerify; libpod's own heeds it, but tells no bytes.
    plainHttp
      ? {
          path: '/libpod/images/pull',
          query: {
            reference: joined(name, tagOrDigest),
            tlsVerify: 'false',
            quiet: 'false',
            ...(platform && libpodPlatform(platform)),
          },
        }
      : {
          path: '/images/create',
          query: { fromImage: joined(name, tagOrDigest), ...(platform && { platform }) },
        },
  // The Docker-compatible route forgets the restart policy (podman #29790).
  limitsSupport: (version, { running }) => ({
    unchangeable: limitFields.flatMap((field) => whyNot(field, version, running) ?? []),
    unremovable: [],
    lasting: compareVersions(version, LASTING_UPDATES) >= 0,
  }),
  limitsRequest: (id, { restart, ...update }) => ({
    path: `/libpod/containers/${id}/update`,
    query: restart
      ? {
          restartPolicy: restart.name,
          ...(restart.name === 'on-failure' && { restartRetries: String(restart.maximumRetries) }),
        }
      : {},
    body: linuxResources(update),
  }),
  // The compatible route tells nothing until the end; libpod's own tells each blob.
  pushRequest: (name, tag, { plainHttp }) => ({
    path: `/libpod/images/${encodeURIComponent(`${name}:${tag}`)}/push`,
    query: { quiet: 'false', ...(plainHttp && { tlsVerify: 'false' }) },
  }),
  registrySetup: podmanRegistrySetup,
  builds: podmanBuilds,
  networks: podmanNetworks,
  volumes: podmanVolumes,
  statsAnswer: dockerStatsAnswer,
  recreation: podmanRecreation,
  readBack: podmanReadBack,
  health: podmanHealth,
  facts: podmanFacts,
  diskUsage: podmanDiskUsage,
}

function libpodPlatform(platform: string): Record<string, string> {
  const [OS = '', Arch = '', Variant] = platform.split('/')
  return { OS, Arch, ...(Variant !== undefined && { Variant }) }
}

function joined(name: string, tagOrDigest: string): string {
  return name + (tagOrDigest.includes(':') ? '@' : ':') + tagOrDigest
}

/** libpod's route to change the cgroup of a container that runs. */
const FIRST_UPDATES = '4.3'
/** Changes are kept, so also before a start; restart policies; events (podman #22322). */
const LASTING_UPDATES = '5.1'

function whyNot(field: LimitField, version: string, running: boolean): Unchangeable | null {
  const isOlderThan = (other: string) => compareVersions(version, other) < 0
  if (field === 'restart') {
    if (!isOlderThan(LASTING_UPDATES)) return null
    return { field, reason: 'engine-too-old', since: `Podman ${LASTING_UPDATES}` }
  }
  if (isOlderThan(FIRST_UPDATES)) {
    return { field, reason: 'engine-too-old', since: `Podman ${FIRST_UPDATES}` }
  }
  if (running || !isOlderThan(LASTING_UPDATES)) return null
  return { field, reason: 'not-running', since: `Podman ${LASTING_UPDATES}` }
}

/** `LinuxResources` of the OCI runtime specification; -1 is no limit. */
function linuxResources(update: Omit<LimitsUpdate, 'restart'>): Record<string, unknown> {
  const { cpuCores, memory, reservationBytes, processes } = update
  return {
    ...(cpuCores !== undefined && {
      cpu: { quota: quotaMicrosOf(cpuCores), period: PERIOD_MICROS },
    }),
    ...((memory ?? reservationBytes !== undefined) && {
      memory: {
        ...(memory && { limit: memory.bytes ?? -1 }),
        ...(memory && memory.andSwapBytes !== null && { swap: memory.andSwapBytes }),
        ...(reservationBytes !== undefined && { reservation: reservationBytes ?? -1 }),
      },
    }),
    ...(processes !== undefined && { pids: { limit: processes ?? -1 } }),
  }
}
