import { z } from 'zod'

/** The key by which a host proves who it is to SSH. */
export const hostKey = z.object({
  host: z.string().min(1).max(255),
  port: z.int().min(1).max(65_535),
  /** `ssh-ed25519` */
  algorithm: z.string().max(64),
  /** `SHA256:` and 43 characters of base64, as ssh prints it. */
  fingerprint: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/),
})
export type HostKey = z.infer<typeof hostKey>

/** A key that is not trusted. */
export const shownHostKey = hostKey.extend({
  /** The fingerprint that is trusted and is another: the host changed, or somebody is between. Null: none is. */
  trusted: z.string().nullable(),
})
export type ShownHostKey = z.infer<typeof shownHostKey>
