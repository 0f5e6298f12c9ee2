// For the tests, which are TypeScript.
import type { KeyObject } from 'node:crypto'
export declare function writeChecksums(folder: string, key: KeyObject | null): Promise<string[]>
