import { containerStates, type ContainerState } from '../../../preload/contract/containers'
import type { Dialect } from './dialect'
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
  pushRequest: (name, tag) => ({ path: `/images/${name}/push`, query: { tag } }),
}
