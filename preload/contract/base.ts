import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { errorMap, problem } from './errors'
import { say } from './say'

/** What every procedure starts from: the typed errors. */
export const procedure = oc.errors(errorMap)

/** Which engine a call goes to: an id from `engines.watch`. */
export const engineScope = z.object({ engineId: z.string().regex(/^[a-z0-9-]{1,64}$/) })

/** A full container id. Short ids and names are refused: a name can be given to another container between two clicks. */
export const containerId = z.string().regex(/^[a-f0-9]{64}$/)

/** A full image id, always with its algorithm, on Podman too. */
export const imageId = z.string().regex(/^sha256:[a-f0-9]{64}$/)

/** An image reference as a person writes it; main parses it with reference.ts. */
export const referenceText = z.string().trim().min(1).max(512)

/** Names that the engine accepts for containers (moby's `RestrictedNamePattern`). */
export const containerName = z
  .string()
  .max(255)
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/, {
    error: () => say`Two or more of: letters, digits, "_", "." and "-".`,
  })

/** A path of the machine that Longshore runs on, absolute. */
export const absolutePath = z
  .string()
  .max(4_096)
  .regex(/^(\/|[A-Za-z]:[\\/]|\\\\)[^\0]*$/, { error: () => say`An absolute path.` })

/** What starting long work gives: the job that does it, see jobs.ts. */
export const startedJob = z.object({ jobId: z.string() })

/** A moment, in milliseconds since 1970 UTC. */
export const moment = z.number()

/**
 * A live collection: one snapshot, then patches keyed by `id`. Patches are coalesced; a snapshot may
 * come again (after a reconnect) and replaces what was there.
 */
export type CollectionMessage<Item extends { id: string }> =
  { kind: 'snapshot'; items: Item[] } | { kind: 'patch'; upsert: Item[]; remove: string[] }

/** The collection after one message; the one before is left as it is. */
export function applyMessage<Item extends { id: string }>(
  items: ReadonlyMap<string, Item>,
  message: CollectionMessage<Item>,
): ReadonlyMap<string, Item> {
  if (message.kind === 'snapshot') return new Map(message.items.map((item) => [item.id, item]))
  const next = new Map(items)
  for (const id of message.remove) next.delete(id)
  for (const item of message.upsert) next.set(item.id, item)
  return next
}

/**
 * The output of a stream. Not validated again on its way out: main builds every message itself, and
 * streams are where validation would cost most.
 */
export const stream = <Message>() => eventIterator(z.custom<Message>())

/** What happened to each of several items acted on at once: all are tried, each reports. */
export const outcomes = z.object({
  outcomes: z.array(
    z.object({
      id: z.string(),
      /** False where nothing had to be done (starting what runs already). */
      changed: z.boolean(),
      problem: problem.optional(),
    }),
  ),
})

export type Outcomes = z.infer<typeof outcomes>
