import { z } from 'zod'
import { procedure } from './base'
import { languages } from './settings'

export const application = {
  about: procedure.output(
    z.object({
      version: z.string(),
      mode: z.enum(['electron', 'browser']),
      /** `linux`, `darwin` or `win32`. */
      platform: z.string(),
      /** It gets newer releases by itself, unless the setting is off. */
      updatesItself: z.boolean(),
      /** Things the person should know about how the app runs here, in words. */
      notices: z.array(z.string()),
    }),
  ),
  /** What is said to the person from now on, failures and notices, is in this language: the page's own. */
  speak: procedure.input(z.object({ language: z.enum(languages) })).output(z.void()),
  /** Versions, engines, settings and the end of the log, as a text without secrets that can be shown to others. */
  diagnostics: procedure.output(z.object({ text: z.string() })),
  /** Writes an error of the page to the log; not more than some a minute. */
  report: procedure
    .input(
      z.object({
        message: z.string().max(2_000),
        stack: z.string().max(10_000).optional(),
        /** Which page was shown. */
        place: z.string().max(200),
      }),
    )
    .output(z.void()),
}
