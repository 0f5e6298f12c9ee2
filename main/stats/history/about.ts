import { readFile, rename } from 'node:fs/promises'
import { z } from 'zod'
import { mark, type Mark } from '../../../preload/contract/stats'
import { isMissing, writeFileAtomically } from '../../systemFiles'
import { log } from '../../log'
import type { ContainerIdentity } from './recorder'

const VERSION = 1
/** The oldest are forgotten first. */
export const MOST_MARKS = 500

const schema = z.object({
  version: z.literal(VERSION),
  id: z.string(),
  engineId: z.string(),
  name: z.string(),
  createdAt: z.number(),
  composeProject: z.string().nullable(),
  composeService: z.string().nullable(),
  composeNumber: z.string().nullable(),
  firstAt: z.number().nullable(),
  // One mark that cannot be read does not cost the others.
  marks: z.array(z.unknown()),
})

/** Who a history is about, and what happened to it: about.json beside the rings. */
export interface About extends ContainerIdentity {
  /** Of the first sample; null: there was none. */
  firstAt: number | null
  /** In the order of their time. */
  marks: Mark[]
}

/** For rings whose about.json is lost: they are still found by the container's id. */
export function anonymous(id: string, createdAt: number): About {
  const compose = { composeProject: null, composeService: null, composeNumber: null }
  return { id, engineId: '', name: '', createdAt, ...compose, firstAt: null, marks: [] }
}

/** Whether something else is known of a container's identity than `identity` says. */
export function differs(about: About, identity: ContainerIdentity): boolean {
  return (
    about.name !== identity.name ||
    about.engineId !== identity.engineId ||
    about.createdAt !== identity.createdAt ||
    about.composeProject !== identity.composeProject ||
    about.composeService !== identity.composeService ||
    about.composeNumber !== identity.composeNumber
  )
}

/** Null where there is none, or none that can be understood: that is set aside as `<file>.other`. */
export async function readAbout(file: string): Promise<About | null> {
  try {
    const { marks, ...about } = schema.parse(JSON.parse(await readFile(file, 'utf8')))
    return {
      ...about,
      marks: marks.flatMap((raw) => {
        const parsed = mark.safeParse(raw)
        return parsed.success ? [parsed.data] : []
      }),
    }
  } catch (error) {
    if (isMissing(error)) return null
    log.warn({ error, file }, 'what a history is about could not be read')
    await rename(file, `${file}.other`).catch(() => undefined)
    return null
  }
}

/** Resolves with the file's size in bytes. */
export async function writeAbout(file: string, about: About): Promise<number> {
  const content = Buffer.from(`${JSON.stringify({ version: VERSION, ...about })}\n`)
  await writeFileAtomically(file, content)
  return content.length
}

/** The kernel's counter and the engine tell of the same kill, each at a moment of its own. */
const SAME_KILL_MILLIS = 5_000

/** Puts a mark in its place in time. False: one of its kind at its moment is there already. */
export function addMark(marks: Mark[], added: Mark): boolean {
  const tolerance = added.kind === 'oom' ? SAME_KILL_MILLIS : 0
  const isKnown = marks.some(
    ({ kind, at }) => kind === added.kind && Math.abs(at - added.at) <= tolerance,
  )
  if (isKnown) return false
  const after = marks.findLastIndex(({ at }) => at <= added.at) + 1
  marks.splice(after, 0, added)
  if (marks.length > MOST_MARKS) marks.shift()
  return true
}
