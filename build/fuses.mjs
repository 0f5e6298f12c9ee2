// Sets Electron's fuses in a packaged app: electron-builder's `afterPack`, which it calls before it
// signs. Its own `electronFuses` knows eight of the nine: it brings @electron/fuses 1, which is older
// than the ninth.
import { join } from 'node:path'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'

/**
 * What the packaged program may do. All are said, and `strictlyRequireAllFuses` refuses an Electron
 * that has one more: none is left to Electron's default of the day.
 * https://www.electronjs.org/docs/latest/tutorial/fuses
 */
export const FUSES = {
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  // It is no Node for whoever may set its environment or its command line.
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  // It runs the archive that it was packaged with, and nothing beside it.
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // The page is at app://, and file:// gets nothing that a browser would not give it.
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // Memory faults of WebAssembly are caught by the processor, as in Chromium. The page can run none:
  // its content security policy has no 'wasm-unsafe-eval'.
  [FuseV1Options.WasmTrapHandlers]: true,
}

/**
 * Sets every fuse of an Electron.
 *
 * @param {string} program The program's path; on macOS the folder `.app`.
 * @returns {Promise<void>} Rejects, and leaves the file as it was, when its fuses are not these nine.
 */
export async function setFuses(program) {
  await flipFuses(program, FUSES)
}

/** Electron-builder's hook. */
export default async function afterPack({ appOutDir, electronPlatformName, packager }) {
  await setFuses(join(appOutDir, programName(electronPlatformName, packager)))
}

function programName(platform, { appInfo, executableName }) {
  if (platform === 'linux') return executableName
  return `${appInfo.productFilename}${platform === 'win32' ? '.exe' : '.app'}`
}
