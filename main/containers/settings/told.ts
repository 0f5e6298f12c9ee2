import { z } from 'zod'
import type { InspectedHost } from '../../engines/dialect/inspection'

const strings = z.array(z.string()).nullish().catch(null)
const number = z.number().nullish().catch(null)
const text = z.string().nullish().catch(null)
const yes = z.boolean().nullish().catch(null)
const texts = z.record(z.string(), z.string()).nullish().catch(null)

/** The fields of a host configuration that a form has; whatever does not fit is not told. */
const hostSettings = z.object({
  CapAdd: strings,
  CapDrop: strings,
  CpuPeriod: number,
  CpuQuota: number,
  CpusetCpus: text,
  CpuShares: number,
  DeviceRequests: z
    .array(
      z.object({
        Driver: text,
        Count: number,
        DeviceIDs: strings,
        Capabilities: z.array(z.array(z.string())).nullish(),
      }),
    )
    .nullish()
    .catch(null),
  Devices: z
    .array(
      z.object({
        PathOnHost: z.string(),
        PathInContainer: z.string(),
        CgroupPermissions: z.string(),
      }),
    )
    .nullish()
    .catch(null),
  Dns: strings,
  DnsOptions: strings,
  DnsSearch: strings,
  ExtraHosts: strings,
  GroupAdd: strings,
  Init: yes,
  IpcMode: text,
  Memory: number,
  MemoryReservation: number,
  MemorySwap: number,
  NanoCpus: number,
  PidMode: text,
  PidsLimit: number,
  PortBindings: z
    .record(z.string(), z.array(z.object({ HostIp: text, HostPort: text })).nullish())
    .nullish()
    .catch(null),
  Privileged: yes,
  ReadonlyRootfs: yes,
  SecurityOpt: strings,
  ShmSize: number,
  Sysctls: texts,
  Tmpfs: texts,
  Ulimits: z
    .array(z.object({ Name: z.string(), Soft: z.number(), Hard: z.number() }))
    .nullish()
    .catch(null),
})
export type HostSettings = z.output<typeof hostSettings>

export function hostSettingsOf(host: InspectedHost): HostSettings {
  return hostSettings.parse(host)
}

/** Those, and the ones that are read elsewhere. */
export const hostFields: ReadonlySet<string> = new Set([
  ...Object.keys(hostSettings.shape),
  'AutoRemove',
  'Binds',
  'Mounts',
  'NetworkMode',
  'RestartPolicy',
])
