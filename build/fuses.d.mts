// For the tests, which are TypeScript.
export declare const FUSES: Record<string, unknown>
export declare function setFuses(program: string): Promise<void>
