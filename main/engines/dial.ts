import type Docker from 'dockerode'
import { say } from '../../preload/contract/say'

/**
 * libpod's own routes have versions of their own, and some refuse Docker's: Podman 4.3 lists no networks for
 * 1.41. Every Podman that Longshore knows takes this one.
 */
const LIBPOD_VERSION = 'v4.0.0'

/**
 * One request on a route that dockerode has no method for, or would read otherwise.
 *
 * @returns the parsed answer, or with `isStream` the stream of it
 */
export function dial(
  docker: Docker,
  options: Parameters<Docker['modem']['dial']>[0],
): Promise<unknown> {
  const modem = options.path.startsWith('/libpod/') ? libpodModem(docker) : docker.modem
  return new Promise((resolve, reject) => {
    modem.dial(options, (error: unknown, answer: unknown) => {
      if (error) reject(error instanceof Error ? error : new Error(say`The engine failed.`))
      else resolve(answer)
    })
  })
}

/** The same connection, with another version before each path. */
function libpodModem({ modem }: Docker): Docker['modem'] {
  return Object.assign(Object.create(modem) as Docker['modem'], { version: LIBPOD_VERSION })
}
