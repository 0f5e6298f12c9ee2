import { z } from 'zod'
import { procedure } from './base'

export const application = {
  about: procedure.output(
    z.object({
      version: z.string(),
      mode: z.enum(['electron', 'browser']),
      /** `linux`, `darwin` or `win32`. */
      platform: z.string(),
      /** Things the person should know about how the app runs here, in words. */
      notices: z.array(z.string()),
    }),
  ),
}
