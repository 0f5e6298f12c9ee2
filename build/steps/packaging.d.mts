// For the tests, which are TypeScript.
interface Target {
  target: string
  arch: string[]
}
export declare function readConfiguration(
  project: string,
  overrides?: object,
): Promise<{
  asar: boolean
  disableAsarIntegrity?: boolean
  afterPack: string
  electronFuses?: object
  publish: object | null
  protocols: { schemes: string[] }[]
  linux: { target: Target[] }
  mac: { target: Target[]; notarize: boolean; forceCodeSigning?: boolean; hardenedRuntime: boolean }
  win: { target: Target[]; azureSignOptions?: object; forceCodeSigning?: boolean }
}>
