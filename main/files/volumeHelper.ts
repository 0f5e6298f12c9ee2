import type { EngineLink } from '../engines/handshake'
import { toFailure } from '../errors'
import { log } from '../log'
import { createHelper, removeHelper } from './helperContainer'
import { HELPER_IMAGE, makeHelperImage, removeHelperImage } from './helperImage'
import { HELPER_LABEL, isHelper, isLeftBehind } from './helperLabel'

/** Where a helper sees its volume. No image has it, so that no engine copies anything into the volume. */
const VOLUME_PATH = '/longshore-volume'

/** How often the empty image may vanish between its making and its use: another helper takes it away. */
const MOST_TRIES = 5

/** A container that was never started and sees a volume, for the archive routes. */
export interface VolumeHelper {
  containerId: string
  /** The folder of the volume's root in it. */
  path: string
  /** Removes it; the volume stays. */
  close(): Promise<void>
}

/**
 * Lets `use` work on a volume's files through the archive routes (`GET`, `PUT`, `HEAD
 * /containers/{containerId}/archive?path=` below `path`), and takes the helper away again, whatever happens.
 *
 * @throws Failure `not-found` where there is no such volume
 */
export async function withVolumeHelper<Result>(
  link: EngineLink,
  volume: string,
  use: (helper: Omit<VolumeHelper, 'close'>) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  const helper = await openVolumeHelper(link, volume, signal)
  try {
    return await use(helper)
  } finally {
    await helper.close()
  }
}

/** As `withVolumeHelper`, for who keeps it longer; whoever opens it closes it. */
export async function openVolumeHelper(
  link: EngineLink,
  volume: string,
  signal?: AbortSignal,
): Promise<VolumeHelper> {
  const { client } = link
  // An engine would make a volume that is not there.
  await client.call((docker, abortSignal) => docker.getVolume(volume).inspect({ abortSignal }), {
    signal,
  })
  const containerId = await create(link, volume, signal)
  return {
    containerId,
    path: VOLUME_PATH,
    close: () => remove(link, containerId),
  }
}

/** Removes the helpers that runs of Longshore left behind which have ended. */
export async function sweepHelpers(link: EngineLink, signal: AbortSignal): Promise<void> {
  const helpers = await link.client.call(
    (docker, abortSignal) =>
      docker.listContainers({ all: true, filters: { label: [HELPER_LABEL] }, abortSignal }),
    { signal },
  )
  const left = helpers.filter(
    ({ Names, Labels, Created }) =>
      isHelper(Names[0], Labels) && isLeftBehind(Labels, Created * 1_000),
  )
  for (const { Id } of left) await remove(link, Id)
}

async function create(
  link: EngineLink,
  volume: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  for (let tries = 1; ; tries++) {
    try {
      await makeHelperImage(link, signal)
      return await createHelper(
        link,
        {
          Image: HELPER_IMAGE,
          // Never run; engines want a command.
          Cmd: ['none'],
          HostConfig: {
            NetworkMode: 'none',
            Mounts: [
              {
                Type: 'volume',
                Source: volume,
                Target: VOLUME_PATH,
                VolumeOptions: {
                  NoCopy: true,
                  Labels: {},
                  DriverConfig: { Name: '', Options: {} },
                },
              },
            ],
          },
        },
        signal,
      )
    } catch (error) {
      if (tries === MOST_TRIES || !lostItsImage(error)) throw error
    }
  }
}

/**
 * True where another helper took the image away meanwhile. Podman finds its layer, which all empty images have in
 * common, and has lost it a moment later; or it has found the image and, having lost it, takes its id for a name.
 */
function lostItsImage(error: unknown): boolean {
  const { code, engineMessage = '' } = toFailure(error)
  return (
    code === 'not-found' || /layer not known|cannot specify 64-byte hexadecimal/.test(engineMessage)
  )
}

/** The image goes with the last helper. */
async function remove(link: EngineLink, id: string): Promise<void> {
  await removeHelper(link, id)
  try {
    await removeHelperImage(link)
  } catch (error) {
    log.warn({ error }, 'the image of the helpers stays')
  }
}
