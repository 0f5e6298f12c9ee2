import { join } from 'node:path'
import { configFolder } from '../../userFolders'
import { place, runtimeFolder, systemPath, type Place, type Surroundings } from '../places'
import { namesIn } from './readSettings'

/**
 * Where engines listen by custom on this platform: Docker's places, then Podman's.
 *
 * @param machines - the names of Podman's virtual machines
 */
export async function usualPlaces(
  surroundings: Surroundings,
  machines: string[],
): Promise<Place[]> {
  if (surroundings.platform === 'win32') return namedPipes(machines)
  return [...(await dockerSockets(surroundings)), ...podmanSockets(surroundings, machines)]
}

/** Podman's machine of a name listens on the pipe of that name. */
function namedPipes(machines: string[]): Place[] {
  return [
    place('Docker Desktop', 'npipe:////./pipe/dockerDesktopLinuxEngine'),
    place('Docker, system', 'npipe:////./pipe/docker_engine'),
    ...machines.map((name) => place('Podman machine', `npipe:////./pipe/${name}`)),
  ]
}

async function dockerSockets(surroundings: Surroundings): Promise<Place[]> {
  const { home } = surroundings
  const runtime = runtimeFolder(surroundings)
  return [
    place('Docker, system', systemPath(surroundings, 'var/run/docker.sock')),
    ...(runtime ? [place('Docker, rootless', join(runtime, 'docker.sock'))] : []),
    place('Docker Desktop', join(home, '.docker/desktop/docker.sock')),
    place('Docker Desktop', join(home, '.docker/run/docker.sock')),
    ...(await colimaSockets(surroundings)),
    place('Rancher Desktop', join(home, '.rd/docker.sock')),
    place('OrbStack', join(home, '.orbstack/run/docker.sock')),
  ]
}

/** Colima keeps each profile in a folder of its own, `default` being the one without a name. */
async function colimaSockets(surroundings: Surroundings): Promise<Place[]> {
  const { env, home } = surroundings
  const given = env['COLIMA_HOME']
  const folders = given
    ? [given]
    : [join(home, '.colima'), join(configFolder(surroundings), 'colima')]
  const sockets = await Promise.all(
    folders.map(async (folder) => {
      const profiles = (await namesIn(folder)).filter((name) => /^[a-z0-9][a-z0-9-]*$/i.test(name))
      return [...new Set(['default', ...profiles])].map((name) =>
        place(
          name === 'default' ? 'Colima' : `Colima, profile ${name}`,
          join(folder, name, 'docker.sock'),
        ),
      )
    }),
  )
  return sockets.flat()
}

function podmanSockets(surroundings: Surroundings, machines: string[]): Place[] {
  const { platform, env, home } = surroundings
  const runtime = runtimeFolder(surroundings)
  const machineFolder = join(home, '.local/share/containers/podman/machine')
  return [
    ...(platform === 'linux'
      ? [place('Podman, system', systemPath(surroundings, 'run/podman/podman.sock'))]
      : []),
    ...(runtime ? [place('Podman, rootless', join(runtime, 'podman/podman.sock'))] : []),
    place('Podman machine', join(machineFolder, 'podman.sock')),
    // Podman puts a machine's sockets into the runtime folder, and on macOS into TMPDIR, which it has instead.
    ...[env['TMPDIR'], runtime].flatMap((folder) =>
      folder ? machines.map((name) => machineSocket(folder, name)) : [],
    ),
  ]
}

function machineSocket(folder: string, machine: string): Place {
  return place('Podman machine', join(folder, `podman/${machine}-api.sock`))
}
