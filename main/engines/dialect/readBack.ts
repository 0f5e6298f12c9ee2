/** What an engine writes into its answers where the person said nothing: left out when settings are read. */
export interface ReadBackDialect {
  /** The network that a container without a wish gets. */
  network: string
  /** Of /dev/shm, bytes. */
  shmBytes: number
  /** Processes; null: no limit. */
  pidsLimit: number | null
  /** Null: it writes none. */
  stopSeconds: number | null
  /** Options of binds, without `rw` and `ro`. */
  bindOptions: readonly string[]
  /** Capabilities that its create route gives to everybody and tells as given ones. */
  capabilities: readonly string[]
  ipcNamespace: string
  /** Folders in memory that a container with a read-only root gets. */
  readOnlyFolders: readonly string[]
  /** Further fields of the host configuration, with what they usually hold. */
  host: Readonly<Record<string, readonly unknown[]>>
}

/** Told by both, and no choice of anybody. */
const engineFields = {
  CgroupnsMode: ['private', 'host'],
  Isolation: ['default'],
  UTSMode: ['private'],
  UsernsMode: ['private'],
}

export const dockerReadBack: ReadBackDialect = {
  network: 'bridge',
  shmBytes: 64 * 1024 * 1024,
  pidsLimit: null,
  stopSeconds: null,
  bindOptions: [],
  capabilities: [],
  ipcNamespace: 'private',
  readOnlyFolders: [],
  host: {
    ...engineFields,
    LogConfig: [{ Type: 'json-file', Config: {} }],
    Runtime: ['runc'],
    MemorySwappiness: [-1],
  },
}

export const podmanReadBack: ReadBackDialect = {
  network: 'podman',
  shmBytes: 65_536_000,
  pidsLimit: 2_048,
  stopSeconds: 10,
  bindOptions: ['rprivate', 'rbind', 'nosuid', 'nodev', 'bind', 'private'],
  // Docker's defaults beyond Podman's own (pkg/specgenutil, for the compatible route).
  capabilities: ['AUDIT_WRITE', 'MKNOD', 'NET_RAW'],
  ipcNamespace: 'shareable',
  readOnlyFolders: ['/run', '/tmp', '/var/tmp'],
  host: {
    ...engineFields,
    CgroupConf: [],
    CgroupManager: ['cgroupfs', 'systemd'],
    Cgroups: ['default'],
    LogConfig: [
      { Type: 'json-file', Config: {} },
      { Type: 'journald', Config: {} },
      { Type: 'k8s-file', Config: {} },
    ],
    OciRuntime: [],
  },
}
