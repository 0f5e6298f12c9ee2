import { hostname } from 'node:os'

/** On every container and image that Longshore makes for its own work; the lists leave them out. */
export const HELPER_LABEL = 'longshore.helper'
/** Which run of Longshore made it, so that another one knows whether it is still needed. */
export const HELPER_OWNER_LABEL = 'longshore.helper.owner'

/** True for the labels of what Longshore made for its own work. */
export function isHelper(labels: Readonly<Record<string, string>> | null | undefined): boolean {
  return labels?.[HELPER_LABEL] !== undefined
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

/** Signal 0 asks only; EPERM is the answer of somebody else's process. */
function processRuns(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
