import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { processRuns } from '../processRuns'

/** On every container and image that Longshore makes for its own work. */
export const HELPER_LABEL = 'longshore.helper'
/** Which run of Longshore made it, so that another one knows whether it is still needed. */
export const HELPER_OWNER_LABEL = 'longshore.helper.owner'

/** What helper containers are called; behind it stand random digits. */
const NAME = 'longshore-helper-'
const helperNames = new RegExp(`^/?${NAME}[0-9a-f]{16}$`)

/**
 * True for a container that Longshore made for its own work: lists leave it out, and it is swept when it is left
 * behind. The label alone says nothing: containers have the labels of their images, and whoever makes an image
 * could hide what runs of it.
 */
export function isHelper(
  name: string | undefined,
  labels: Readonly<Record<string, string>> | null | undefined,
): boolean {
  return labels?.[HELPER_LABEL] !== undefined && helperNames.test(name ?? '')
}

/** A name for a new helper container. */
export function helperName(): string {
  return `${NAME}${randomBytes(8).toString('hex')}`
}

/** The labels of a helper: what it is for, and who made it. */
export function helperLabels(purpose: string): Record<string, string> {
  return { [HELPER_LABEL]: purpose, [HELPER_OWNER_LABEL]: ownerOf(process.pid) }
}

/** A helper whose owner cannot be asked is taken to be left behind after this, milliseconds. */
const oldMillis = 24 * 3_600_000

/**
 * True for a helper that nobody needs any more: the run of Longshore that made it has ended. One from
 * another machine counts as left behind after a day.
 *
 * @param createdAt milliseconds since 1970 UTC
 */
export function isLeftBehind(
  labels: Readonly<Record<string, string>>,
  createdAt: number,
  isRunning: (pid: number) => boolean = processRuns,
): boolean {
  const owner = labels[HELPER_OWNER_LABEL] ?? ''
  const [, pid = ''] = /\/(\d+)$/.exec(owner) ?? []
  if (pid !== '' && owner === ownerOf(Number(pid))) return !isRunning(Number(pid))
  return Date.now() - createdAt > oldMillis
}

function ownerOf(pid: number): string {
  return `${hostname()}/${pid}`
}
