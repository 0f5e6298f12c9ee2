import { say } from '../../../preload/contract/say'
import { Failure, toFailure } from '../../errors'
import { formatSshHost } from '../endpoint'
import type { HostSettings } from './hostSettings'

type Named = Pick<HostSettings, 'host' | 'port'>

/** `host`, or `host:port` where that is not 22. */
export function nameOf({ host, port }: Named): string {
  return formatSshHost({ user: null, host, port: port === 22 ? null : port })
}

export function accessRefused(settings: HostSettings, hint: string, cause: Error): Failure {
  const { user } = settings
  return new Failure('unauthorized', say`${nameOf(settings)} does not let ${user} in by SSH.`, {
    hint,
    engineMessage: cause.message,
    cause,
  })
}

/** Why there is no connection to a host, before it was asked to let us in. */
export function connectionFailure(host: Named, error: unknown): Failure {
  if (error instanceof Failure) return error
  const { code, message } = toFailure(error)
  const more = {
    engineMessage: error instanceof Error ? error.message : message,
    cause: error,
  }
  const level = error instanceof Error && 'level' in error ? error.level : null
  if (level === 'client-timeout') {
    return new Failure('timeout', say`${nameOf(host)} did not answer by SSH in time.`, {
      ...more,
      hint: say`Check that the host is up and can be reached from here.`,
    })
  }
  if (code === 'engine-unreachable' || level !== 'handshake') {
    return new Failure('engine-unreachable', say`${nameOf(host)} cannot be reached by SSH.`, {
      ...more,
      hint: say`Check its name and port, and that its SSH server runs.`,
    })
  }
  return new Failure(
    'engine-error',
    say`No SSH connection with ${nameOf(host)} could be agreed on.`,
    {
      ...more,
      hint: say`Its SSH server may be too old, or something else listens there.`,
    },
  )
}

/** A connection that was there and is not any more; what went through it is cut off. */
export function connectionLost(host: Named, cause: Error | null): Failure {
  return new Failure('engine-unreachable', say`The SSH connection to ${nameOf(host)} is gone.`, {
    hint: say`Longshore connects again by itself.`,
    engineMessage: cause?.message,
    cause,
  })
}

/** The jump host did not reach the next one. */
export function notForwarded(jump: Named, next: Named, cause: Error): Failure {
  return new Failure('engine-unreachable', say`${nameOf(jump)} does not reach ${nameOf(next)}.`, {
    hint: say`Check that ${nameOf(next)} is up, and that ${nameOf(jump)} may forward (AllowTcpForwarding of its sshd).`,
    engineMessage: cause.message,
    cause,
  })
}

/**
 * SSH does not say whether nobody listens at the socket, this user may not use it, or the server does not
 * forward to sockets.
 */
export function noEngineAt(host: HostSettings, path: string, cause: Error): Failure {
  return new Failure('engine-unreachable', say`${nameOf(host)} gives no connection to ${path}.`, {
    hint: say`Check that the engine runs, that ${host.user} may use its socket (group docker), and that the SSH server forwards to it (AllowStreamLocalForwarding). Another socket's path goes behind the host: ssh://host/run/user/1000/podman/podman.sock`,
    engineMessage: cause.message,
    cause,
  })
}
