import { containerStates, type ContainerState } from '../../../preload/contract/containers'
import { dockerBuilds } from './builds'
import { PERIOD_MICROS, quotaMicrosOf } from './cpuQuota'
import { dockerCreation } from './creation'
import type { Dialect, LimitsUpdate } from './dialect'
import { parseEvent } from './event'
import { dockerDiskUsage } from './dockerDiskUsage'
import { dockerFacts } from './dockerFacts'
import { dockerNetworks } from './networks'
import { dockerHealth } from './health'
import { dockerReadBack } from './readBack'
import { dockerRecreation } from './recreation'
import { dockerRegistrySetup } from './registrySetup'
import { dockerVolumes } from './volumes'

const states: ReadonlySet<string> = new Set(containerStates)

export const dockerDialect: Dialect = {
  kind: 'docker',
  // moby oci/caps/defaults.go
  usualCapabilities: [
    'CAP_CHOWN',
    'CAP_DAC_OVERRIDE',
    'CAP_FSETID',
    'CAP_FOWNER',
    'CAP_MKNOD',
    'CAP_NET_RAW',
    'CAP_SETGID',
    'CAP_SETUID',
    'CAP_SETFCAP',
    'CAP_SETPCAP',
    'CAP_NET_BIND_SERVICE',
    'CAP_SYS_CHROOT',
    'CAP_KILL',
    'CAP_AUDIT_WRITE',
  ],
  containerState: (raw) => (states.has(raw) ? (raw as ContainerState) : 'exited'),
  event: parseEvent,
  createDefaults: {},
  creation: dockerCreation,
  forcedRemoval: {},
  followsFromTail: true,
  tailIsTrue: true,
  remembersStops: true,
  // moby distribution/xfer/download.go: the first layer that is missing makes it fetch all above.
  layerReuse: 'by-chain-id',
  archiveTellsOwners: true,
  // The daemon itself knows that 127.0.0.0/8 and localhost may lack TLS.
  pullRequest: (name, tagOrDigest, { platform }) => ({
    path: '/images/create',
    query: { fromImage: name, tag: tagOrDigest, ...(platform && { platform }) },
  }),
  // Measured on 20.10: 0 changes nothing; -1 is refused for CPUs and memory, and takes the others away.
  limitsSupport: (_version, { byQuota }) => ({
    unchangeable: [],
    unremovable: byQuota ? ['memory'] : ['cpu', 'memory'],
    lasting: true,
  }),
  limitsRequest: (id, update, options) => ({
    path: `/containers/${id}/update`,
    query: {},
    body: updateBody(update, options),
  }),
  pushRequest: (name, tag) => ({ path: `/images/${name}/push`, query: { tag } }),
  registrySetup: dockerRegistrySetup,
  builds: dockerBuilds,
  networks: dockerNetworks,
  volumes: dockerVolumes,
  statsAnswer: (raw) => raw,
  recreation: dockerRecreation,
  readBack: dockerReadBack,
  health: dockerHealth,
  facts: dockerFacts,
  diskUsage: dockerDiskUsage,
}

/** More than any machine has: no limit, where the machine's own is not known. */
const UNREACHABLE_BYTES = 2 ** 50

function updateBody(
  { cpuCores, memory, reservationBytes, processes, restart }: LimitsUpdate,
  { byQuota, machine }: Parameters<Dialect['limitsRequest']>[2],
): Record<string, unknown> {
  return {
    ...(cpuCores !== undefined &&
      (byQuota
        ? { CpuQuota: quotaMicrosOf(cpuCores), CpuPeriod: PERIOD_MICROS }
        : // A quota of -1 would be accepted, and outlive any later number of CPUs.
          { NanoCpus: Math.round((cpuCores ?? machine.cores) * 1e9) })),
    ...(memory && memoryOf(memory, machine.memoryBytes ?? UNREACHABLE_BYTES)),
    ...(reservationBytes !== undefined && { MemoryReservation: reservationBytes ?? -1 }),
    ...(processes !== undefined && { PidsLimit: processes ?? -1 }),
    ...(restart && {
      RestartPolicy: { Name: restart.name, MaximumRetryCount: restart.maximumRetries },
    }),
  }
}

/**
 * The limit of memory and swap has to come along, or a higher memory limit is refused. To take that away
 * (-1) changes nothing in the kernel, which then refuses the same: so it is twice the memory there, as
 * Docker sets it where nothing was said.
 */
function memoryOf(
  { bytes, andSwapBytes }: NonNullable<LimitsUpdate['memory']>,
  allBytes: number,
): Record<string, number> {
  if (bytes === null) return { Memory: allBytes, MemorySwap: 2 * allBytes }
  return { Memory: bytes, ...(andSwapBytes !== null && { MemorySwap: andSwapBytes }) }
}
