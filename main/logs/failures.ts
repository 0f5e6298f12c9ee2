import type { ContainerInspectInfo } from 'dockerode'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'

/** Log drivers that engines can read again; `local` and `json-file` are Docker's, the others Podman's too. */
const readable = new Set(['json-file', 'local', 'journald', 'k8s-file'])

/** What the engine said when it was asked for a log, in words where its log driver is the reason. */
export function unreadable(failure: Failure, { HostConfig }: ContainerInspectInfo): Failure {
  const driver = HostConfig.LogConfig?.Type ?? ''
  if (failure.code === 'not-found' || failure.code === 'engine-unreachable') return failure
  if (readable.has(driver) && !/driver/i.test(failure.engineMessage ?? '')) return failure
  return new Failure(
    'conflict',
    driver === 'none'
      ? say`This container keeps no log: its log driver is "none".`
      : say`This container's log goes to the driver "${driver}", which the engine cannot read from.`,
    {
      hint:
        driver === 'none'
          ? say`Create it again with the log driver "json-file" or "local" to see what it writes.`
          : say`Look where that driver sends it, or create the container again with the log driver "local".`,
      engineMessage: failure.engineMessage,
      cause: failure,
    },
  )
}
