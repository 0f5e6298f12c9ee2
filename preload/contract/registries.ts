import { z } from 'zod'
import { procedure } from './base'

/** `docker.io`, `ghcr.io`, `localhost:5000`: host and port, no scheme, no path. */
export const registryHost = z
  .string()
  .trim()
  .toLowerCase()
  .max(255)
  .regex(
    /^(?:\[[0-9a-f:]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::[0-9]{1,5})?$/,
    'A host, with a port if it is not 443: ghcr.io, localhost:5000.',
  )

export const registry = z.object({
  host: z.string(),
  /** Null where a helper knows only a token. */
  username: z.string().nullable(),
  /** Where the password is kept. */
  source: z.enum(['docker-config', 'credential-helper', 'podman-auth', 'longshore']),
  /** The helper's name: `docker-credential-<helper>`. */
  helper: z.string().nullable(),
})
export type Registry = z.infer<typeof registry>

export const registries = {
  /** Every registry that someone is logged in to. */
  list: procedure.output(
    z.object({
      registries: z.array(registry),
      /** How the app keeps a password of its own: the system's key store, or a file only its owner can read. */
      protection: z.enum(['key-store', 'file']),
      /** Files or helpers that could not be read, in words. */
      warnings: z.array(z.string()),
    }),
  ),
  /** Asks the registry itself first; wrong names or passwords are refused and nothing is kept. */
  logIn: procedure
    .input(
      z.object({
        host: registryHost,
        username: z.string().min(1).max(1_024),
        password: z.string().min(1).max(65_536),
      }),
    )
    .output(z.void()),
  /** Forgets the password wherever it is kept. */
  logOut: procedure.input(z.object({ host: registryHost })).output(z.void()),
}
