// For the tests, which are TypeScript.
export declare function writeDesktopSbom(project: string, file: string): void
