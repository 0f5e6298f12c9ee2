import { readFile } from 'node:fs/promises'
import type { Rectangle } from 'electron'
import { z } from 'zod'
import { writeFileAtomically } from '../systemFiles'

const windowPlace = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1).max(100_000),
  height: z.int().min(1).max(100_000),
  maximised: z.boolean(),
  /** 1: as large as it is made. */
  zoomFactor: z.number().positive().optional(),
})

/** Where the window was, in device-independent pixels; the place is that of the restored window. */
export type WindowPlace = z.infer<typeof windowPlace>

/** The size of a window that was never moved, and the least a window may have. */
const usualSize = { width: 1280, height: 800 }
export const leastSize = { width: 760, height: 480 }
/** How much of the title bar must be on a screen for a hand to get hold of it. */
const gripSize = { width: 120, height: 30 }

/**
 * What to open the window with: its last place where that can still be seen on one of the screens
 * (`workAreas`), else the usual size, centred by the system.
 */
export function placeWindow(
  last: WindowPlace | null,
  workAreas: Rectangle[],
): { x?: number; y?: number; width: number; height: number } {
  if (!last) return usualSize
  const width = Math.max(last.width, leastSize.width)
  const height = Math.max(last.height, leastSize.height)
  const grip = { x: last.x, y: last.y, width, height: gripSize.height }
  const isReachable = workAreas.some((area) => {
    const shared = overlap(grip, area)
    return shared.width >= gripSize.width && shared.height >= gripSize.height
  })
  return isReachable ? { x: last.x, y: last.y, width, height } : { width, height }
}

function overlap(one: Rectangle, other: Rectangle): { width: number; height: number } {
  const along = (start: 'x' | 'y', size: 'width' | 'height') =>
    Math.min(one[start] + one[size], other[start] + other[size]) -
    Math.max(one[start], other[start])
  return { width: along('x', 'width'), height: along('y', 'height') }
}

/** The kept place; null when there is none or it cannot be understood. */
export async function readWindowPlace(file: string): Promise<WindowPlace | null> {
  try {
    const read = windowPlace.safeParse(JSON.parse(await readFile(file, 'utf8')))
    return read.success ? read.data : null
  } catch {
    // A missing or broken file costs the window's place, never its opening.
    return null
  }
}

export async function writeWindowPlace(file: string, place: WindowPlace): Promise<void> {
  await writeFileAtomically(file, JSON.stringify(place))
}
