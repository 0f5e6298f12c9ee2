import type { z } from 'zod'

/** The value of a JSON text, or undefined when it is no JSON or not of this shape. Never quotes it. */
export function readJson<Output>(schema: z.ZodType<Output>, text: string): Output | undefined {
  try {
    const result = schema.safeParse(JSON.parse(text))
    return result.success ? result.data : undefined
  } catch {
    return undefined
  }
}
