import type { ContainerCreateOptions } from 'dockerode'
import type { z } from 'zod'
import type { runInput } from '../../preload/contract/containers'
import type { Connection } from '../engines/connection'
import { Failure, toFailure } from '../errors'
import { log } from '../log'
import { dangersOf, dangerWords } from './dangers'

export type RunOptions = Omit<z.output<typeof runInput>, 'engineId'> & {
  labels?: Record<string, string>
}

/**
 * Creates a container from a local image and starts it. One that cannot start is removed again, so
 * that a refused port leaves nothing behind. Throws `confirmation-needed` for dangers not accepted.
 */
export async function runContainer(
  { link, endpoint }: Pick<Connection, 'link' | 'endpoint'>,
  options: RunOptions,
): Promise<{ id: string }> {
  const { client } = link
  refuseDangers(options, endpoint.protocol === 'unix' ? endpoint.path : null)
  const { id } = await client.call((docker, abortSignal) =>
    docker.createContainer({
      ...link.dialect.createDefaults,
      ...createOptions(options),
      abortSignal,
    }),
  )
  try {
    await client.call((docker, abortSignal) => docker.getContainer(id).start({ abortSignal }))
  } catch (error) {
    await client
      .call((docker, abortSignal) => docker.getContainer(id).remove({ v: true, abortSignal }))
      .catch((removal: unknown) =>
        log.warn({ error: removal }, 'a container that did not start stays'),
      )
    throw startFailure(error)
  }
  return { id }
}

function refuseDangers(options: RunOptions, engineSocket: string | null): void {
  const dangers = dangersOf(options.volumes, engineSocket).filter(
    (danger) => !options.acceptedDangers.includes(danger),
  )
  if (dangers.length === 0) return
  throw new Failure('confirmation-needed', dangers.map((danger) => dangerWords[danger]).join(' '), {
    hint: 'Run it only if you trust the image and mean to give it this power.',
    dangers,
  })
}

/** The engine's create body: the fields `docker run` would send. */
function createOptions(options: RunOptions): ContainerCreateOptions {
  const ports: Record<string, { HostIp: string; HostPort: string }[]> = {}
  for (const { containerPort, protocol, hostIp, hostPort } of options.ports) {
    const binding = { HostIp: hostIp, HostPort: hostPort === null ? '' : String(hostPort) }
    const key = `${containerPort}/${protocol}`
    ports[key] = [...(ports[key] ?? []), binding]
  }
  return {
    ...(options.name !== undefined && { name: options.name }),
    Image: options.image,
    ...(options.command.length > 0 && { Cmd: options.command }),
    Env: options.environment.map(({ name, value }) => `${name}=${value}`),
    ...(options.labels && { Labels: options.labels }),
    ExposedPorts: Object.fromEntries(Object.keys(ports).map((key) => [key, {}])),
    HostConfig: {
      PortBindings: ports,
      Binds: options.volumes.map(
        ({ source, target, readOnly }) => `${source}:${target}${readOnly ? ':ro' : ''}`,
      ),
      ...(options.cpuLimitCores !== null && { NanoCpus: Math.round(options.cpuLimitCores * 1e9) }),
      ...(options.memoryLimitBytes !== null && { Memory: options.memoryLimitBytes }),
    },
  }
}

function startFailure(error: unknown): Failure {
  const failure = toFailure(error)
  const said = failure.engineMessage ?? ''
  if (/port is already allocated|address already in use/i.test(said)) {
    return new Failure('conflict', 'A port it wants is taken already.', {
      hint: 'Choose another host port, or leave it empty and the engine picks a free one.',
      engineMessage: said,
    })
  }
  if (/executable file not found|no such file or directory/i.test(said)) {
    return new Failure('invalid-input', 'Its command does not exist in the image.', {
      hint: 'Check the command; leave it empty to run what the image says.',
      engineMessage: said,
    })
  }
  return failure
}
