import { z } from 'zod'

const id = z.string().regex(/^[a-z0-9]{1,32}$/)

/**
 * What a page's link sends (oRPC's peer protocol): a call with its procedure's path and its input, or the wish to
 * end one. Its other forms (headers, files, streams of input) have no use here, so nobody may send them.
 */
const requestMessage = z.union([
  z.strictObject({
    i: id,
    p: z.strictObject({
      u: z
        .string()
        .max(200)
        .regex(/^(?:\/\w+)+$/),
      b: z.unknown().optional(),
    }),
  }),
  z.strictObject({ i: id, t: z.literal(4) }),
])

/** Whether a transport's message may be handed to oRPC, which rejects, or answers nobody, where it cannot read one. */
export function isRequestMessage(data: unknown): data is string {
  if (typeof data !== 'string') return false
  try {
    return requestMessage.safeParse(JSON.parse(data)).success
  } catch {
    return false
  }
}
