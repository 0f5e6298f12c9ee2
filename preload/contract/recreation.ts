import { z } from 'zod'
import { containerId, engineScope, referenceText } from './base'

/** What an image gives to a container that says nothing of its own. */
export const imageFields = [
  'entrypoint',
  'command',
  'environment',
  'port',
  'volume',
  'user',
  'workingFolder',
  'healthcheck',
  'stopSignal',
] as const
export type ImageField = (typeof imageFields)[number]

/** One thing that two images give differently. */
export interface ImageChange {
  field: ImageField
  /** Of an environment variable; the port or folder itself; empty for the others. */
  name: string
  /** Null: the image gives none. Values whose names look secret are masked. */
  before: string | null
  after: string | null
  /** The container says this itself, so the change does not reach it. */
  overridden: boolean
}

/** What making a container again would do, told before it is done. */
export interface RecreationPlan {
  /** The name of the image that the new container is made from. */
  reference: string
  /** Created: milliseconds since 1970 UTC; null where the engine does not tell. */
  oldImage: { id: string; createdAt: number | null }
  newImage: { id: string; createdAt: number | null }
  /** It runs now: it is stopped, and the new one is started. */
  running: boolean
  /** How long it is waited for to stop by itself, seconds. */
  stopSeconds: number
  /** The name that the old container will have. */
  keptName: string
  /** What the images give differently. */
  changes: ImageChange[]
  kept: {
    /** Names of variables that the container sets itself. */
    environment: string[]
    /** `source → folder` */
    mounts: string[]
    networks: string[]
    ports: string[]
  }
  /** Names of the containers that use its network or process namespaces, and lose them. */
  dependents: string[]
  /**
   * Addresses that the engine does not tell to be chosen or given by the network; see `keepAddresses`.
   */
  untoldAddresses: { network: string; address: string }[]
  /** The engine starts the old container, too, when it starts itself, and this cannot be changed. */
  keptRestarts: boolean
  /** Why it cannot be done with a way back; null: it can. */
  obstacle: RecreationObstacle | null
}
export type RecreationObstacle = 'auto-remove' | 'image-gone' | 'in-pod'

export const recreationInput = engineScope.extend({
  id: containerId,
  /** The image to make it from; by default the one that its own image name means now. */
  imageReference: referenceText.optional(),
  /**
   * Where the engine does not tell chosen addresses from given ones: keep all as chosen ones. Chosen
   * addresses that are told are kept anyway.
   */
  keepAddresses: z.boolean().default(true),
})
export type RecreationInput = z.output<typeof recreationInput>

export const recreated = z.object({
  id: containerId,
  /** The old container: stopped, under another name. */
  keptId: containerId,
})
export type Recreated = z.infer<typeof recreated>

export const undoRecreationInput = engineScope.extend({ id: containerId, keptId: containerId })

const KEPT = /^(?<name>.+)-before-(?<number>\d+)$/
/** moby and Podman take names up to this length in practice; the zod schema of names says the same. */
const MAX_NAME_LENGTH = 255

/** A free name for the old container: `web-before-1`, or the next number. */
export function keptNameOf(name: string, taken: Iterable<string>): string {
  const numbers = [...taken].map((other) => keptNumber(name, other) ?? 0)
  const suffix = `-before-${Math.max(0, ...numbers) + 1}`
  return name.slice(0, MAX_NAME_LENGTH - suffix.length) + suffix
}

/** The name of the new container until the old one has given its name up. */
export function provisionalNameOf(name: string): string {
  const suffix = '-recreating'
  return name.slice(0, MAX_NAME_LENGTH - suffix.length) + suffix
}

/** True for the name of a container that was kept when `name` was made anew. */
export function isKeptFor(name: string, keptName: string): boolean {
  return keptNumber(name, keptName) !== null
}

/** Which of the containers kept for `name` this is; null: none. */
function keptNumber(name: string, other: string): number | null {
  const groups = KEPT.exec(other)?.groups
  return groups?.name === name ? Number(groups.number) : null
}

/**
 * The container that was kept when this one was made anew, known by its name; the latest of several.
 * One that runs is in use again and is no way back.
 */
export function keptFor<Item extends { name: string; state: string; createdAt: number }>(
  container: Item,
  all: Iterable<Item>,
): Item | null {
  let latest: Item | null = null
  let latestNumber = 0
  for (const other of all) {
    const number = keptNumber(container.name, other.name)
    if (number === null || number <= latestNumber) continue
    if (other.createdAt > container.createdAt) continue
    if (other.state !== 'exited' && other.state !== 'created') continue
    latest = other
    latestNumber = number
  }
  return latest
}
