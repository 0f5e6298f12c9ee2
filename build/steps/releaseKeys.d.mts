// For the tests, which are TypeScript.
import type { KeyObject } from 'node:crypto'
export declare function readReleaseKeys(env: Record<string, string | undefined>): {
  signingKey: KeyObject | null
  feed: { url: string; publicKey: string } | null
  configuration: object
  notes: Record<'mac' | 'win' | 'all', string[]>
}
