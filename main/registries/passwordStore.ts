import { z } from 'zod'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import type { KeptLogin } from './credential'
import { readJson } from './json'

/** The logins that this app keeps itself, by canonical host. */
export interface PasswordStore {
  /** @throws Failure `invalid-input` when what was kept is unreadable for good */
  read(): Promise<Passwords>
  write(passwords: Passwords): Promise<void>
}

export type Passwords = Readonly<Record<string, KeptLogin>>

const passwords = z.record(
  z.string(),
  z.union([
    z.object({ username: z.string(), password: z.string() }),
    z.object({ identityToken: z.string() }),
  ]),
)

/** Keeps passwords as JSON in a place that holds one secret text (main/secrets.ts). */
export function createPasswordStore(secrets: {
  read(): Promise<string | null>
  write(text: string): Promise<void>
}): PasswordStore {
  return {
    async read() {
      const text = await secrets.read()
      if (text === null) return {}
      const kept = readJson(passwords, text)
      if (kept !== undefined) return kept
      throw new Failure('invalid-input', say`The kept registry passwords cannot be read.`, {
        hint: say`Log in to your registries again.`,
      })
    },
    write: (all) => secrets.write(JSON.stringify(all)),
  }
}
