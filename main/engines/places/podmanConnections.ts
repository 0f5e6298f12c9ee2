import { join } from 'node:path'
import { parse as parseToml } from 'smol-toml'
import { z } from 'zod'
import { configFolder } from '../../userFolders'
import { place, systemPath, type Place, type Surroundings } from '../places'
import { namesIn, readJson, readSettings } from './readSettings'

/** One of `podman system connection list`. */
interface PodmanConnection {
  name: string
  uri: string
  /** A private key's file; null: ssh's own choice. */
  identity: string | null
  /** It leads into a virtual machine that Podman runs on this machine. */
  isMachine: boolean
}

interface PodmanConnections {
  connections: PodmanConnection[]
  /** The name of the one that `podman` takes where none is named. */
  preferred: string | null
}

/** Podman 5's own file, which it writes itself. */
const connectionsFile = z.object({
  Connection: z.object({
    Default: z.string().nullish(),
    Connections: z.record(z.string(), z.unknown()).nullish(),
  }),
})
const jsonConnection = z.object({
  URI: z.string().min(1),
  Identity: z.string().nullish(),
  IsMachine: z.boolean().nullish(),
})

/** What Podman 4 writes into containers.conf, and 5 still reads there. */
const containersConf = z.object({
  engine: z.object({
    active_service: z.string().nullish(),
    service_destinations: z.record(z.string(), z.unknown()).nullish(),
  }),
})
const tomlConnection = z.object({
  uri: z.string().min(1),
  identity: z.string().nullish(),
  is_machine: z.boolean().nullish(),
})

/**
 * What Podman knows of other places. Its virtual machines are looked for by their sockets (`machineNames`), not
 * by the SSH way into them. The default one is asked for only where somebody said so by CONTAINER_CONNECTION:
 * on Linux `podman` itself goes to it only with `--remote`.
 */
export function podmanPlaces({ env }: Surroundings, { connections }: PodmanConnections): Place[] {
  const places = connections
    .filter(({ name, isMachine }) => !isMachine || name === env['CONTAINER_CONNECTION'])
    .map((connection) => ({
      ...place(`podman connection "${connection.name}"`, connection.uri),
      name: connection.name,
      ssh: sshOf(connection.uri, connection.identity),
      asked: connection.name === env['CONTAINER_CONNECTION'],
    }))
  const host = env['CONTAINER_HOST']
  if (!host) return places
  const ssh = sshOf(host, env['CONTAINER_SSHKEY'] ?? null)
  return [{ ...place('CONTAINER_HOST', host), ssh, asked: true }, ...places]
}

function sshOf(uri: string, identityFile: string | null): Place['ssh'] {
  return uri.startsWith('ssh://') && identityFile ? { identityFile, jump: null } : null
}

/** Podman's virtual machines on this machine, the default one first. */
export function machineNames({ connections, preferred }: PodmanConnections): string[] {
  const names = connections
    .filter(({ isMachine }) => isMachine)
    // Each has a second connection, for root.
    .map(({ name }) => name.replace(/-root$/, ''))
  const first = preferred?.replace(/-root$/, '')
  return [
    ...new Set([...names.filter((name) => name === first), 'podman-machine-default', ...names]),
  ]
}

/** A file that comes later beats the same name in one before it; Podman's own file beats them all. */
export async function podmanConnections(surroundings: Surroundings): Promise<PodmanConnections> {
  const known = new Map<string, PodmanConnection>()
  let preferred: string | null = null
  const settings = [
    ...(await containersConfs(surroundings)).map(readContainersConf),
    readConnectionsFile(connectionsFileOf(surroundings)),
  ]
  for (const each of await Promise.all(settings)) {
    for (const connection of each.connections) known.set(connection.name, connection)
    preferred = each.preferred ?? preferred
  }
  return { connections: [...known.values()], preferred }
}

/** containers.conf(5): the system's, then the administrator's, then the user's; CONTAINERS_CONF replaces them. */
async function containersConfs(surroundings: Surroundings): Promise<string[]> {
  const { env, platform } = surroundings
  if (env['CONTAINERS_CONF']) return [env['CONTAINERS_CONF']]
  const own = ownFolder(surroundings)
  const folders = platform === 'win32' ? [own] : [systemPath(surroundings, 'etc/containers'), own]
  const files = await Promise.all(
    folders.map(async (folder) => {
      const dropIns = await namesIn(join(folder, 'containers.conf.d'))
      return ['containers.conf', ...dropIns.map((name) => join('containers.conf.d', name))]
        .filter((name) => name.endsWith('.conf'))
        .map((name) => join(folder, name))
    }),
  )
  const distributed =
    platform === 'win32' ? [] : [systemPath(surroundings, 'usr/share/containers/containers.conf')]
  return [...distributed, ...files.flat()]
}

function connectionsFileOf(surroundings: Surroundings): string {
  const given = surroundings.env['PODMAN_CONNECTIONS_CONF']
  return given ?? join(ownFolder(surroundings), 'podman-connections.json')
}

function ownFolder(surroundings: Surroundings): string {
  const { platform, env } = surroundings
  const appData = platform === 'win32' ? env['APPDATA'] : undefined
  return join(appData ?? configFolder(surroundings), 'containers')
}

async function readContainersConf(file: string): Promise<PodmanConnections> {
  const { data } = containersConf.safeParse(await readSettings(file, parseToml))
  const connections = Object.entries(data?.engine.service_destinations ?? {}).flatMap(
    ([name, raw]) => {
      const { data: one } = tomlConnection.safeParse(raw)
      return one ? [connectionOf(name, one.uri, one.identity, one.is_machine)] : []
    },
  )
  return { connections, preferred: data?.engine.active_service ?? null }
}

async function readConnectionsFile(file: string): Promise<PodmanConnections> {
  const { data } = connectionsFile.safeParse(await readJson(file))
  const connections = Object.entries(data?.Connection.Connections ?? {}).flatMap(([name, raw]) => {
    const { data: one } = jsonConnection.safeParse(raw)
    return one ? [connectionOf(name, one.URI, one.Identity, one.IsMachine)] : []
  })
  return { connections, preferred: data?.Connection.Default ?? null }
}

function connectionOf(
  name: string,
  uri: string,
  identity: string | null | undefined,
  isMachine: boolean | null | undefined,
): PodmanConnection {
  return { name, uri, identity: identity || null, isMachine: isMachine ?? isOldMachine(name, uri) }
}

/** Podman before 4.5 did not say so; its machines are called so unless a person named them. */
function isOldMachine(name: string, uri: string): boolean {
  return /^podman-machine-/.test(name) && /@(localhost|127\.0\.0\.1):/.test(uri)
}
