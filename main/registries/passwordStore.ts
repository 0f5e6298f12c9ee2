import { z } from 'zod'
import { Failure } from '../errors'

/** The passwords that this app keeps itself, by canonical host. */
export interface PasswordStore {
  read(): Promise<Passwords>
  write(passwords: Passwords): Promise<void>
}

export type Passwords = Readonly<Record<string, { username: string; password: string }>>

const passwords = z.record(z.string(), z.object({ username: z.string(), password: z.string() }))

/** Keeps passwords as JSON in a place that holds one secret text (main/secrets.ts). */
export function createPasswordStore(secrets: {
  read(): Promise<string | null>
  write(text: string): Promise<void>
}): PasswordStore {
  return {
    async read() {
      const text = await secrets.read()
      if (text === null) return {}
      const result = z
        .string()
        .transform((json): unknown => JSON.parse(json))
        .pipe(passwords)
        .safeParse(text)
      if (result.success) return result.data
      throw new Failure('invalid-input', 'The kept registry passwords cannot be read.', {
        hint: 'Log in to your registries again.',
      })
    },
    write: (all) => secrets.write(JSON.stringify(all)),
  }
}
