// For the tests, which are TypeScript.
export declare function releaseNotes(project: string, version: string): string
export declare function changesIn(notes: string): string[]
