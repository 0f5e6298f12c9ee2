import { parseReference } from '../../preload/contract/reference'
import { say } from '../../preload/contract/say'
import { createContainer } from '../containers/create/createContainer'
import type { EngineLink } from '../engines/handshake'
import { Failure, toFailure } from '../errors'
import { helperLabels, helperName } from '../files/helperLabel'
import { log } from '../log'
import { attachStream, resizeContainer } from './attach'
import type { Peer } from './peer'
import { exitCodeOf, type Target } from './target'
import { untilKnown } from './untilKnown'

/** On a debug shell's container: the id of the one that it looks into. */
const DEBUG_LABEL = 'longshore.debug'

/** The most comfortable shell of the image that is chosen. */
const startShell = 'for s in bash zsh; do command -v $s > /dev/null && exec $s; done; exec sh'

export interface DebugOptions {
  image: string
  /** Null: whom the image says. */
  user: string | null
  withVolumes: boolean
  acceptedDangers: readonly string[]
}

/**
 * Runs a shell in a container of its own that shares the target's processes and network, and what it shares
 * of memory. The target's files are at /proc/1/root. The container goes when the shell ends, when the
 * terminal is closed, and with the target: its first process takes all others along.
 */
export async function openDebug(
  link: EngineLink,
  target: Target,
  { image, user, withVolumes, acceptedDangers }: DebugOptions,
): Promise<Peer> {
  const parsed = parseReference(image)
  if (!parsed.ok) throw new Failure('invalid-input', parsed.message)
  if (target.hostProcesses && !acceptedDangers.includes('host-pid')) throw hostProcesses()
  const id = await create(link, target, { image, user, withVolumes })
  try {
    const stream = await attachStream(link, id, true)
    await link.client.call((docker, abortSignal) => docker.getContainer(id).start({ abortSignal }))
    return {
      stream,
      tty: true,
      takesInput: true,
      resize: (next) => resizeContainer(link, id, next),
      hangUp: () => remove(link, id),
      interrupt: () => Promise.resolve(),
      async ended() {
        try {
          return await untilKnown(() => exitCodeOf(link, id))
        } finally {
          await remove(link, id)
        }
      },
    }
  } catch (error) {
    await remove(link, id)
    throw startFailure(error)
  }
}

async function create(
  link: EngineLink,
  target: Target,
  { image, user, withVolumes }: Pick<DebugOptions, 'image' | 'user' | 'withVolumes'>,
): Promise<string> {
  const join = `container:${target.id}`
  try {
    const { id } = await createContainer(link, helperName(), {
      Image: image,
      Entrypoint: ['/bin/sh'],
      Cmd: ['-c', startShell],
      Env: ['TERM=xterm-256color'],
      ...(user !== null && { User: user }),
      // Podman's forced removal waits for as long, whatever it is told.
      StopTimeout: 0,
      Tty: true,
      OpenStdin: true,
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      Labels: { ...helperLabels('debug'), [DEBUG_LABEL]: target.id },
      HostConfig: {
        PidMode: join,
        NetworkMode: join,
        ...(target.sharesIpc && { IpcMode: join }),
        // To look into processes of other users, also through /proc/1/root.
        CapAdd: ['SYS_PTRACE'],
        ...(withVolumes && { VolumesFrom: [target.id] }),
      },
    })
    return id
  } catch (error) {
    const failure = toFailure(error)
    if (failure.code !== 'not-found') throw error
    throw new Failure('not-found', say`The engine has no image "${image}".`, {
      hint: say`Pull it first, or choose one that is there.`,
      ...(failure.engineMessage !== undefined && { engineMessage: failure.engineMessage }),
    })
  }
}

function startFailure(error: unknown): unknown {
  const { engineMessage = '' } = toFailure(error)
  if (!/executable file not found|no such file or directory/i.test(engineMessage)) return error
  return new Failure('invalid-input', say`This image has no shell either.`, {
    hint: say`Choose one that has /bin/sh, such as busybox, alpine or debian.`,
    engineMessage,
  })
}

function hostProcesses(): Failure {
  return new Failure(
    'confirmation-needed',
    say`The container sees all processes of the host, so the debug shell would too, and could change each of them.`,
    { hint: say`Open it only where you may do that as root of the host.`, dangers: ['host-pid'] },
  )
}

/** Whatever became of who opened it: it goes, with the volumes that its image made. */
async function remove(link: EngineLink, id: string): Promise<void> {
  try {
    await link.client.call((docker, abortSignal) =>
      docker
        .getContainer(id)
        .remove({ force: true, v: true, ...link.dialect.forcedRemoval, abortSignal }),
    )
  } catch (error) {
    const { code } = toFailure(error)
    // Gone already, or going: the next connection to the engine sweeps what stays.
    if (code !== 'not-found' && code !== 'conflict') {
      log.warn({ error, container: id }, 'the container of a debug shell stays for now')
    }
  }
}
