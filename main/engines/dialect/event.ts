import { z } from 'zod'
import type { EngineEvent } from './dialect'

/** API 1.52 dropped `status`, `id` and `from`: `Type`, `Action` and `Actor` are there in all versions. */
const rawEvent = z.object({
  Type: z.string(),
  Action: z.string(),
  Actor: z.object({
    ID: z.string(),
    // Docker's name and Podman's.
    Attributes: z
      .object({
        name: z.string().optional(),
        exitCode: z.string().optional(),
        containerExitCode: z.string().optional(),
        container: z.string().optional(),
      })
      .nullish(),
  }),
})

const types = new Set(['container', 'image', 'volume', 'network'])

/** Reads an engine's event; null where the shape is unknown. */
export function parseEvent(raw: unknown): EngineEvent | null {
  const event = rawEvent.safeParse(raw)
  if (!event.success) return null
  const { Type, Action, Actor } = event.data
  return {
    type: types.has(Type) ? (Type as EngineEvent['type']) : 'other',
    // `health_status: healthy` and `exec_start: sh -c …` carry details after a colon.
    action: Action.split(':', 1)[0] ?? Action,
    // Podman tells volumes by their name only.
    id: Actor.ID || (Actor.Attributes?.name ?? ''),
    exitCode: numberOf(Actor.Attributes?.exitCode ?? Actor.Attributes?.containerExitCode),
    containerId: Actor.Attributes?.container ?? null,
  }
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : null
}
