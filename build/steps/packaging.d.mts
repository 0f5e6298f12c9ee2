// For the tests, which are TypeScript.
export declare function readConfiguration(
  project: string,
): Promise<{ asar: boolean; afterPack: string; electronFuses?: object }>
