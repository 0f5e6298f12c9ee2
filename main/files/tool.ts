import type { ContainerCreateOptions } from 'dockerode'
import type { Image } from '../../preload/contract/images'
import { say } from '../../preload/contract/say'
import type { EngineLink } from '../engines/handshake'
import { Failure, isEngineAnswer } from '../errors'
import { statPath } from './archive'
import { createHelper, removeHelper } from './helperContainer'
import { inside, placeOf, type Place } from './place'
import { isMissingProgram, runProgram } from './program'

/** The danger of a `confirmation-needed` that asks for the image of a program. */
export const NEEDS_TOOL = 'tool-image'

/** How many images are looked into for a program, and how many are offered. */
const MOST_LOOKED_INTO = 40
const MOST_OFFERED = 5
/** Removing a million files takes a while. */
const workMillis = 10 * 60_000
const MOST_ERROR_CHARACTERS = 2_000

/**
 * Changes files by a program: the container's own where it runs; on a volume that of an image which the
 * person chose, in a container of its own.
 *
 * @param program `rm` or `mv`
 * @param paths as the person knows them: the program gets them behind `--`, as arguments
 */
export async function changeByProgram(
  place: Place,
  program: 'rm' | 'mv',
  options: readonly string[],
  paths: readonly string[],
  { toolImage, signal }: { toolImage: string | undefined; signal?: AbortSignal | undefined },
): Promise<void> {
  const argv = [program, ...options, '--', ...paths.map((path) => inside(place, path))]
  if (place.volume !== null) {
    await changeVolume(place, place.volume, argv, toolImage, signal)
    return
  }
  if (!place.running) throw doesNotRun()
  const end = await runProgram(place, argv, { signal })
  if (isMissingProgram(end)) {
    throw new Failure('conflict', say`This container has no program "${program}".`, {
      hint: say`Its image brings none, so its files can be added and replaced from here, but not taken away or renamed.`,
    })
  }
  if (end.exitCode !== 0) throw refusedBy(program, end.errors)
}

function doesNotRun(): Failure {
  return new Failure('conflict', say`The container does not run.`, {
    hint: say`Engines can put files into a stopped container, but take none away. Start it, then try again.`,
  })
}

function refusedBy(program: string, errors: string): Failure {
  const engineMessage = errors.trim().slice(0, MOST_ERROR_CHARACTERS)
  const more = { engineMessage }
  if (/read-only file system/i.test(errors)) {
    return new Failure('conflict', say`It lies where nothing can be written.`, more)
  }
  if (/not permitted|permission denied/i.test(errors)) {
    return new Failure('permission-denied', say`The container's root may not do this.`, {
      ...more,
      hint: say`The container was made with fewer rights than that takes.`,
    })
  }
  return new Failure('engine-error', say`"${program}" could not do it all.`, more)
}

/** A program of an image, with the volume and nothing else: no network, nothing writable beside it, few rights. */
async function changeVolume(
  { link, root }: Place,
  volume: string,
  [program = '', ...args]: readonly string[],
  toolImage: string | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (toolImage === undefined) {
    throw new Failure('confirmation-needed', say`A program is needed to do this on a volume.`, {
      hint: say`Choose an image whose "${program}" does it.`,
      dangers: [NEEDS_TOOL],
    })
  }
  await withContainer(
    link,
    {
      Image: toolImage,
      Entrypoint: [program],
      Cmd: args,
      User: '0:0',
      WorkingDir: '/',
      HostConfig: {
        NetworkMode: 'none',
        ReadonlyRootfs: true,
        CapDrop: ['ALL'],
        CapAdd: ['DAC_OVERRIDE', 'FOWNER'],
        SecurityOpt: ['no-new-privileges'],
        Binds: [`${volume}:${root}:nocopy`],
      },
    },
    async (containerId) => {
      const { client } = link
      await client.call(
        (docker, abortSignal) => docker.getContainer(containerId).start({ abortSignal }),
        {
          signal,
        },
      )
      const end = (await client.call(
        (docker, abortSignal) => docker.getContainer(containerId).wait({ abortSignal }),
        { signal, timeoutMillis: workMillis },
      )) as { StatusCode: number }
      if (end.StatusCode === 0) return
      const said = await client.call((docker, abortSignal) =>
        docker
          .getContainer(containerId)
          .logs({ stdout: false, stderr: true, tail: 20, abortSignal }),
      )
      // Frames of eight bytes stand between the lines.
      throw refusedBy(program, said.toString('utf8').replace(/[^\x20-\x7e\n]/g, ''))
    },
    signal,
  )
}

/** Images whose `rm` and `mv` can work on a volume; the smallest first. */
export async function toolImages(
  link: EngineLink,
  images: readonly Image[],
  known: Map<string, boolean>,
  signal?: AbortSignal,
): Promise<{ id: string; reference: string }[]> {
  const named = images.filter(({ references }) => references.length > 0)
  const smallest = named.toSorted((a, b) => a.sizeBytes - b.sizeBytes).slice(0, MOST_LOOKED_INTO)
  const found: { id: string; reference: string }[] = []
  for (const { id, references } of smallest) {
    if (found.length === MOST_OFFERED) break
    const fits = known.get(id) ?? (await hasTools(link, id, signal))
    known.set(id, fits)
    if (fits) found.push({ id, reference: references[0] ?? id })
  }
  return found
}

/** Looked at in a container that is never started. */
async function hasTools(
  link: EngineLink,
  image: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    return await withContainer(
      link,
      { Image: image, Cmd: ['none'], HostConfig: { NetworkMode: 'none' } },
      async (containerId) => {
        const place = await placeOf(link, containerId, signal)
        const has = async (program: string) =>
          (await statPath(place, `/bin/${program}`, signal)) !== null ||
          (await statPath(place, `/usr/bin/${program}`, signal)) !== null
        return (await has('rm')) && (await has('mv'))
      },
      signal,
    )
  } catch (error) {
    // An image of another platform, or one that was removed meanwhile.
    if (isEngineAnswer(error)) return false
    throw error
  }
}

/** A container for one use; it goes whatever happens, and so do volumes that its image asked for. */
async function withContainer<Result>(
  link: EngineLink,
  body: ContainerCreateOptions,
  use: (containerId: string) => Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  const id = await createHelper(link, body, signal)
  try {
    return await use(id)
  } finally {
    await removeHelper(link, id, { withVolumes: true })
  }
}
