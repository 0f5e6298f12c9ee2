import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

/** A place where an engine may listen. */
export interface Place {
  /** In the person's words: `DOCKER_HOST`, `docker context "colima"`, `Docker, system`. */
  foundBy: string
  /** The address as written there, not parsed yet. */
  address: string
  /** Worth telling about when nobody answers there: somebody asked for it. */
  asked: boolean
}

/** What decides where to look; injected so that every platform can be tested on one. */
export interface Surroundings {
  platform: NodeJS.Platform
  env: Record<string, string | undefined>
  home: string
  /** Null on Windows. */
  uid: number | null
}

/** All places in the order of preference: what was asked for, then Docker's, then Podman's. */
export async function findPlaces(surroundings: Surroundings): Promise<Place[]> {
  const { env } = surroundings
  const asked: Place[] = []
  if (env['DOCKER_HOST']) {
    asked.push({ foundBy: 'DOCKER_HOST', address: env['DOCKER_HOST'], asked: true })
  }
  const context = await currentDockerContext(surroundings)
  if (context) asked.push(context)
  if (env['CONTAINER_HOST']) {
    asked.push({ foundBy: 'CONTAINER_HOST', address: env['CONTAINER_HOST'], asked: true })
  }
  return [...asked, ...usualPlaces(surroundings)]
}

function usualPlaces({ platform, env, home, uid }: Surroundings): Place[] {
  const place = (foundBy: string, address: string): Place => ({ foundBy, address, asked: false })
  if (platform === 'win32') {
    return [
      place('Docker Desktop', 'npipe:////./pipe/dockerDesktopLinuxEngine'),
      place('Docker, system', 'npipe:////./pipe/docker_engine'),
      place('Podman machine', 'npipe:////./pipe/podman-machine-default'),
    ]
  }
  const runtime = env['XDG_RUNTIME_DIR'] ?? (uid === null ? null : `/run/user/${uid}`)
  const places = [place('Docker, system', '/var/run/docker.sock')]
  if (runtime) places.push(place('Docker, rootless', `${runtime}/docker.sock`))
  places.push(
    place('Docker Desktop', join(home, '.docker/desktop/docker.sock')),
    place('Docker Desktop', join(home, '.docker/run/docker.sock')),
    place('Colima', join(home, '.colima/default/docker.sock')),
    place('Colima', join(home, '.config/colima/default/docker.sock')),
    place('Rancher Desktop', join(home, '.rd/docker.sock')),
    place('OrbStack', join(home, '.orbstack/run/docker.sock')),
  )
  if (platform === 'linux') places.push(place('Podman, system', '/run/podman/podman.sock'))
  if (runtime) places.push(place('Podman, rootless', `${runtime}/podman/podman.sock`))
  places.push(
    place('Podman machine', join(home, '.local/share/containers/podman/machine/podman.sock')),
  )
  if (env['TMPDIR']) {
    places.push(
      place('Podman machine', join(env['TMPDIR'], 'podman/podman-machine-default-api.sock')),
    )
  }
  if (runtime) {
    places.push(
      place('Podman machine', `${runtime}/podman/podman-machine-default-api.sock`),
      place('Podman machine', `${runtime}/podman/podman-machine-default.sock`),
    )
  }
  return places
}

const contextMeta = z.object({
  Endpoints: z.object({ docker: z.object({ Host: z.string().min(1) }) }),
})

/**
 * The context that the docker command would use: DOCKER_CONTEXT, else `currentContext` of config.json.
 * Its endpoint stands in `contexts/meta/<sha256 of the name>/meta.json`. Null for `default` and for
 * one that cannot be read.
 */
async function currentDockerContext({ env, home }: Surroundings): Promise<Place | null> {
  const folder = env['DOCKER_CONFIG'] ?? join(home, '.docker')
  const name = env['DOCKER_CONTEXT'] ?? (await configuredContext(folder))
  if (!name || name === 'default') return null
  const digest = createHash('sha256').update(name).digest('hex')
  const meta = contextMeta.safeParse(
    await readJson(join(folder, 'contexts/meta', digest, 'meta.json')),
  )
  if (!meta.success) return null
  return {
    foundBy: `docker context "${name}"`,
    address: meta.data.Endpoints.docker.Host,
    asked: true,
  }
}

async function configuredContext(folder: string): Promise<string | null> {
  const config = z
    .object({ currentContext: z.string() })
    .safeParse(await readJson(join(folder, 'config.json')))
  return config.success ? config.data.currentContext : null
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    return null
  }
}

/** This process's own surroundings. */
export function hereAndNow(): Surroundings {
  return {
    platform: process.platform,
    env: process.env,
    home: homedir(),
    uid: process.getuid?.() ?? null,
  }
}
