import { containerStates, type ContainerState } from '../../../preload/contract/containers'
import type { Dialect, LimitsUpdate } from './dialect'
import { parseEvent } from './event'

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
  forcedRemoval: {},
  // The daemon itself knows that 127.0.0.0/8 and localhost may lack TLS.
  pullRequest: (name, tagOrDigest) => ({
    path: '/images/create',
    query: { fromImage: name, tag: tagOrDigest },
  }),
  // Measured on 20.10: 0 changes nothing, -1 is refused for CPUs and memory, and takes the others away.
  limitsSupport: () => ({ unchangeable: [], keepsLimits: true, lasting: true }),
  limitsRequest: (id, update, { byQuota }) => ({
    path: `/containers/${id}/update`,
    query: {},
    body: updateBody(update, byQuota),
  }),
  pushRequest: (name, tag) => ({ path: `/images/${name}/push`, query: { tag } }),
}

/** The period of CPU quotas unless another is asked for (CFS bandwidth control). */
const PERIOD_MICROS = 100_000

function updateBody(update: LimitsUpdate, byQuota: boolean): Record<string, unknown> {
  const { cpuCores, memory, reservationBytes, processes, restart } = update
  return {
    ...(typeof cpuCores === 'number' &&
      (byQuota
        ? { CpuQuota: Math.round(cpuCores * PERIOD_MICROS), CpuPeriod: PERIOD_MICROS }
        : { NanoCpus: Math.round(cpuCores * 1e9) })),
    // The limit of both has to come along, or a higher memory limit is refused.
    ...(memory && { Memory: memory.bytes, MemorySwap: memory.andSwapBytes }),
    ...(reservationBytes !== undefined && { MemoryReservation: reservationBytes ?? -1 }),
    ...(processes !== undefined && { PidsLimit: processes ?? -1 }),
    ...(restart && {
      RestartPolicy: { Name: restart.name, MaximumRetryCount: restart.maximumRetries },
    }),
  }
}
