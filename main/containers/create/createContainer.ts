import { z } from 'zod'
import type { EngineLink } from '../../engines/handshake'
import { postJson } from '../../engines/postJson'

const answer = z.object({ Id: z.string(), Warnings: z.array(z.string()).nullish() })

/** Creates a container under a name, or under one that the engine makes up. */
export async function createContainer(
  { client }: EngineLink,
  name: string | undefined,
  body: Record<string, unknown>,
): Promise<{ id: string; warnings: string[] }> {
  const { Id: id, Warnings: warnings } = answer.parse(
    await postJson(client, {
      path: '/containers/create',
      query: name === undefined ? {} : { name },
      body,
    }),
  )
  return { id, warnings: warnings ?? [] }
}
