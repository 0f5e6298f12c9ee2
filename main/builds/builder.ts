import { execFile } from 'node:child_process'
import type { Builder } from '../../preload/contract/builds'
import type { BuildDialect } from '../engines/dialect/builds'
import { formatEndpoint, isLocal, type Endpoint } from '../engines/endpoint'
import { findCommand } from '../engines/findCommand'

/** How long buildx may take to say its version, milliseconds. */
const versionMillis = 5_000

/** The docker command with buildx in it. */
export interface Buildx {
  command: string
  version: string
}

/** What of a connection tells who builds. */
export interface BuildingEngine {
  endpoint: Endpoint
  link: {
    dialect: { builds: Pick<BuildDialect, 'builder' | 'hasBuildKit'> }
    facts: { version: string }
  }
}

/** Which builder an engine's builds go to. */
export async function builderOf({
  link,
  endpoint,
}: BuildingEngine): Promise<Builder & { buildx: Buildx | null }> {
  const buildx =
    link.dialect.builds.hasBuildKit && isLocal(endpoint)
      ? await findBuildx(formatEndpoint(endpoint))
      : null
  return buildx
    ? { name: 'buildx', version: buildx.version, buildx }
    : { name: link.dialect.builds.builder, version: link.facts.version, buildx: null }
}

/** Null where the docker command is not installed, has no buildx, or does not answer. */
async function findBuildx(host: string): Promise<Buildx | null> {
  const command = await findCommand('docker')
  if (command === null) return null
  const output = await new Promise<string>((resolve) => {
    execFile(
      command,
      ['buildx', 'version'],
      { timeout: versionMillis, killSignal: 'SIGKILL', env: buildxEnvironment(host) },
      (error, out) => resolve(error ? '' : out),
    )
  })
  // `github.com/docker/buildx v0.12.1 30feaa1`, in Debian without the "v".
  const version = /^\S*buildx v?(\d\S*)/.exec(output)?.[1]
  return version === undefined ? null : { command, version }
}

/** For the engine of this socket and no other, whatever the person's docker context says. */
export function buildxEnvironment(host: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    DOCKER_HOST: host,
    DOCKER_CONTEXT: undefined,
    BUILDX_BUILDER: undefined,
    // All of a line, and no colours.
    PROGRESS_NO_TRUNC: '1',
    NO_COLOR: '1',
  }
}
