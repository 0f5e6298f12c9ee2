// For the tests, which are TypeScript.
import type { KeyObject } from 'node:crypto'
export declare function readSigningKey(file: string | undefined): KeyObject | null
export declare function publicKeyOf(privateKey: KeyObject): string
export declare function signFile(file: string, privateKey: KeyObject): void
