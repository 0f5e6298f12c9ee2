import type { WarningTopic } from '../../../preload/contract/engineFacts'

/** Words of moby's daemon/info.go and daemon/info_unix.go, of several releases. */
const known: readonly (readonly [RegExp, WarningTopic])[] = [
  [/API is accessible on .* without (?:encryption|TLS)/i, 'api-unprotected'],
  [/rootless-mode without cgroups/i, 'rootless-without-cgroups'],
  [/No (?:memory|swap|kernel memory|oom kill)/i, 'no-memory-limits'],
  [/No (?:cpu|cpuset|pids)/i, 'no-cpu-limits'],
  [/No (?:blkio|io)\b/i, 'no-io-limits'],
  [/bridge-nf-call-ip6?tables is disabled/i, 'no-bridge-filter'],
  [/IPv[46] forwarding is disabled/i, 'no-forwarding'],
  [/loopback devices is strongly discouraged/i, 'storage-loopback'],
  [/d_type/i, 'storage-d-type'],
  [/storage-driver is deprecated/i, 'storage-deprecated'],
  [/cgroup v1 is deprecated/i, 'cgroup-v1'],
  [/not using the default seccomp profile/i, 'seccomp-changed'],
]

/** What a warning is about; null where that is not known. */
export function topicOf(warning: string): WarningTopic | null {
  return known.find(([words]) => words.test(warning))?.[1] ?? null
}
