import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startEngine, type Engine, type EngineGround, type EngineOptions } from './engine'
import { divide } from './network'
import { FOLDER_VARIABLE } from './processes'

/**
 * Starts a private Podman service. Like Docker, it takes registries on 127.0.0.1 without TLS.
 *
 * @param parent An existing folder below the bed's; the engine makes its own in it.
 */
export function startPodman(parent: string, options: EngineOptions = {}): Promise<Engine> {
  return startEngine('podman', parent, options, (ground) => {
    const { folder, socket } = ground
    const at = (name: string) => join(folder, name)
    for (const name of ['home', 'networks', 'tmp']) mkdirSync(at(name))
    writeFileSync(at('containers.conf'), containersConf(ground))
    writeFileSync(at('storage.conf'), storageConf(ground))
    writeFileSync(at('registries.conf'), REGISTRIES_CONF)
    writeFileSync(at('auth.json'), '{}')
    writeFileSync(join(at('networks'), 'podman.json'), defaultNetwork(ground))
    const service = (address: string) => ({
      command: 'podman',
      args: [
        ...['--network-config-dir', at('networks')],
        ...['system', 'service', '--time', '0', address],
      ],
      environment: {
        CONTAINERS_CONF: at('containers.conf'),
        CONTAINERS_STORAGE_CONF: at('storage.conf'),
        CONTAINERS_REGISTRIES_CONF: at('registries.conf'),
        CONTAINERS_SHORT_NAME_ALIASES: at('aliases.conf'),
        REGISTRY_AUTH_FILE: at('auth.json'),
        HOME: at('home'),
        TMPDIR: at('tmp'),
      },
    })
    // A service has one address only; another one beside it shares the engine's store.
    const { port } = options
    return {
      ...service(`unix://${socket}`),
      ...(port !== undefined && { beside: service(`tcp://127.0.0.1:${port}`) }),
    }
  })
}

/**
 * runc, because crun refuses hosts with cgroup v1 and v2 mounted together. The limits are below
 * what any host has, because raising them is refused in some virtual machines. Locks in files,
 * because those in shared memory are shared by every Podman of the host. The last line, because conmon,
 * and the clean-up it calls at a container's end, get no other environment.
 */
function containersConf({ folder, block }: EngineGround): string {
  return `[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]

[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
lock_type = "file"
conmon_env_vars = ["PATH=${process.env.PATH ?? ''}", "${FOLDER_VARIABLE}=${folder}"]

[network]
network_backend = "netavark"
default_subnet_pools = [{ base = "${divide(block).pool}", size = 24 }]
`
}

/** The run-time folders are Podman's defaults, which are private: it refuses ones with longer names. */
function storageConf({ dataFolder }: EngineGround): string {
  return `[storage]
driver = "overlay"
graphroot = "${dataFolder}"
runroot = "/run/containers/storage"
`
}

const REGISTRIES_CONF = `unqualified-search-registries = []

[[registry]]
location = "127.0.0.1"
insecure = true
`

/** Podman's default network on the bed's bridge: its own is 10.88.0.0/16 on podman0 for everyone. */
function defaultNetwork({ bridge, block }: EngineGround): string {
  const { first, gateway } = divide(block)
  return JSON.stringify({
    name: 'podman',
    id: '2f259bab93aaaaa2542ba43ef33eb990d0999ee1b9924b557b7be53c0b7a1bb9',
    driver: 'bridge',
    network_interface: bridge,
    created: '2024-01-01T00:00:00Z',
    subnets: [{ subnet: first, gateway }],
    ipv6_enabled: false,
    internal: false,
    dns_enabled: false,
    ipam_options: { driver: 'host-local' },
  })
}
