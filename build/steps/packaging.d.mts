// For the tests, which are TypeScript.
export declare function readConfiguration(
  project: string,
): Promise<{ electronFuses: Record<string, boolean> }>
