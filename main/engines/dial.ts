import type Docker from 'dockerode'

/**
 * One request on a route that dockerode has no method for, or would read otherwise.
 *
 * @returns the parsed answer, or with `isStream` the stream of it
 */
export function dial(
  docker: Docker,
  options: Parameters<Docker['modem']['dial']>[0],
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    docker.modem.dial(options, (error: unknown, answer: unknown) => {
      if (error) reject(error instanceof Error ? error : new Error('The engine failed.'))
      else resolve(answer)
    })
  })
}
