import type { Outcomes } from '../../preload/contract/base'
import { withDefaultTag } from '../../preload/contract/reference'
import { say } from '../../preload/contract/say'
import { stringsOf } from '../engines/answers'
import type { EngineLink } from '../engines/handshake'
import { Failure } from '../errors'
import { forEachItem } from '../outcomes'
import { listEverything } from './everything'
import { readReference } from './names'

/** Gives an image one more name, `latest` where no tag is given. */
export async function tagImage(link: EngineLink, id: string, text: string): Promise<void> {
  const reference = withDefaultTag(readReference(text))
  if (reference.tag === undefined || reference.digest !== undefined) {
    throw new Failure('invalid-input', say`A name to tag with cannot have a digest.`, {
      hint: say`The digest follows from the content; write name:tag.`,
    })
  }
  const { tag } = reference
  await link.client.call((docker, abortSignal) =>
    docker.getImage(id).tag({ repo: reference.name, tag, abortSignal }),
  )
}

/** Takes one name away; never the last, which would remove the image with it. */
export async function untagImage(link: EngineLink, id: string, text: string): Promise<void> {
  const names = await namesOf(link, id)
  if (!names.includes(text)) {
    throw new Failure('not-found', say`The image is not called "${text}" any more.`)
  }
  if (names.length === 1) {
    throw new Failure('conflict', say`"${text}" is the image's only name.`, {
      hint: say`Removing it would remove the image: use Remove if that is what you want.`,
    })
  }
  readReference(text)
  await removeByName(link, text)
}

/** Gives the image a name and then takes one away, so that it is never without. */
export async function renameImage(
  link: EngineLink,
  id: string,
  from: string,
  to: string,
): Promise<void> {
  const name = withDefaultTag(readReference(to)).familiar
  const isNew = (other: string) => readReference(other).familiar === name
  const before = await namesOf(link, id)
  if (!before.includes(from)) {
    throw new Failure('not-found', say`The image is not called "${from}" any more.`)
  }
  if (isNew(from)) throw new Failure('conflict', say`The image is called "${from}" already.`)
  await tagImage(link, id, to)
  const after = await namesOf(link, id)
  // Somebody else may give the name to another image in the same moment.
  if (!after.some(isNew)) {
    throw new Failure('conflict', say`Another image has the name "${name}" now.`, {
      hint: say`Nothing was taken away: the image is still called "${from}".`,
    })
  }
  await removeByName(link, from)
}

/**
 * Removes images with all their names, those that are built on others before these: an image that loses its
 * name while another stands on it stays on Podman, without a name. Refused (`conflict`) before anything is touched where a
 * container uses the image. Never by force: with it Podman removes the containers as well, running ones
 * included, and Docker leaves a nameless image behind.
 *
 * @param usersOf - names of the containers that were made from an image
 */
export async function removeImages(
  link: EngineLink,
  ids: string[],
  usersOf: (id: string) => string[],
): Promise<Outcomes> {
  const remove = async (id: string) => {
    const users = usersOf(id)
    if (users.length > 0) {
      throw new Failure('conflict', say`A container uses it: ${users.join(', ')}.`, {
        hint: say`Remove the container first.`,
      })
    }
    const names = await namesOf(link, id)
    for (const name of names.length > 0 ? names : [id]) await removeByName(link, name)
    return true
  }
  const outcomes: Outcomes['outcomes'] = []
  for (const wave of wavesOf(ids, (await listEverything(link)).children)) {
    outcomes.push(...(await forEachItem(wave, remove)).outcomes)
  }
  return { outcomes }
}

/**
 * Images in the order in which they can go: what is built on others comes before these.
 *
 * @param children ids of the images that were built on one
 */
export function wavesOf(
  ids: readonly string[],
  children: ReadonlyMap<string, readonly string[]>,
): string[][] {
  const going = new Set(ids)
  const depths = new Map<string, number>()
  /** How many of those that go stand on each other above it. */
  const depthOf = (id: string): number => {
    const known = depths.get(id)
    if (known !== undefined) return known
    const above = (children.get(id) ?? []).map(
      (child) => depthOf(child) + (going.has(child) ? 1 : 0),
    )
    const depth = Math.max(0, ...above)
    depths.set(id, depth)
    return depth
  }
  const waves: string[][] = []
  for (const id of going) (waves[depthOf(id)] ??= []).push(id)
  return waves.filter((wave) => wave.length > 0)
}

async function namesOf(link: EngineLink, id: string): Promise<string[]> {
  const info = await link.client.call((docker) => docker.getImage(id).inspect())
  return stringsOf(info.RepoTags)
}

/** Takes a name away, or an image by its id; an image goes with its last name. */
export async function removeByName(link: EngineLink, name: string): Promise<void> {
  await link.client.call((docker, abortSignal) => docker.getImage(name).remove({ abortSignal }))
}
