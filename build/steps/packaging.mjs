import { createRequire } from 'node:module'

// app-builder-lib is electron-builder's, not ours: it is found from there.
const ours = createRequire(import.meta.url)
const theirs = createRequire(ours.resolve('electron-builder/package.json'))

/** Where the packaging configuration is, from the project's folder. */
export const CONFIGURATION = 'build/electron-builder.yml'

/**
 * Reads a configuration and checks it against electron-builder's own schema.
 *
 * @param {string} project Folder of the project.
 * @returns {Promise<object>} The configuration. Rejects with what is wrong in it.
 */
export async function readConfiguration(project) {
  const { getConfig, validateConfiguration } = theirs('app-builder-lib/out/util/config/config.js')
  const configuration = await getConfig(project, CONFIGURATION, null)
  await validateConfiguration(configuration, { isEnabled: false })
  return configuration
}

/**
 * Gets Electron's archive the way electron-builder does: from its cache, else by download.
 *
 * @param {{ version: string, platform: string, arch: string }} which Platform and architecture by
 *   Node's names.
 * @returns {Promise<string>} The path of the zip.
 */
export function electronArchive({ version, platform, arch }) {
  const { downloadElectronArtifactZip } = theirs('app-builder-lib/out/util/electronGet.js')
  return downloadElectronArtifactZip({
    electronDownload: null,
    artifactName: 'electron',
    platformName: platform,
    arch,
    version,
  })
}
