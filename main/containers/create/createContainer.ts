import { z } from 'zod'
import type { CallOptions } from '../../engines/client'
import type { EngineLink } from '../../engines/handshake'
import { postJson } from '../../engines/postJson'

const answer = z.object({ Id: z.string(), Warnings: z.array(z.string()).nullish() })

/**
 * Creates a container under a name, or under one that the engine makes up. dockerode's own method puts all
 * of it into the address, too, which proxies and engines write into their logs.
 */
export async function createContainer(
  { client }: EngineLink,
  name: string | undefined,
  body: object,
  options?: CallOptions,
): Promise<{ id: string; warnings: string[] }> {
  const { Id: id, Warnings: warnings } = answer.parse(
    await postJson(
      client,
      { path: '/containers/create', query: name === undefined ? {} : { name }, body },
      options,
    ),
  )
  return { id, warnings: warnings ?? [] }
}
