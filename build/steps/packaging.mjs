import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { runTool } from './run.mjs'

// app-builder-lib is electron-builder's, not ours: it is found from there.
const ours = createRequire(import.meta.url)
const theirs = createRequire(ours.resolve('electron-builder/package.json'))

/** Where the packaging configuration is, from the project's folder. */
export const CONFIGURATION = 'build/electron-builder.yml'

/** Systems by electron-builder's flags, and as Node names them. */
const PLATFORMS = { linux: 'linux', mac: 'darwin', win: 'win32' }

/**
 * Reads a configuration and checks it against electron-builder's own schema.
 *
 * @param {string} project Folder of the project.
 * @param {object} [overrides] What the environment adds to the file.
 * @returns {Promise<object>} The configuration. Rejects with what is wrong in it.
 */
export async function readConfiguration(project, overrides = null) {
  const { getConfig, validateConfiguration } = theirs('app-builder-lib/out/util/config/config.js')
  const configuration = await getConfig(project, CONFIGURATION, overrides)
  await validateConfiguration(configuration, { isEnabled: false })
  return configuration
}

/**
 * Packs the desktop app with electron-builder.
 *
 * @param {string} project Folder of the project.
 * @param {object} options
 * @param {Record<string, boolean>} options.flags As electron-builder takes them, without dashes.
 * @param {string} [options.electronDist] An Electron that is there; else its archives are got.
 * @param {string} options.output Folder for the packages.
 * @param {object} options.overrides As in readConfiguration.
 * @returns {Promise<void>} Rejects, with what to do, where it cannot be done.
 */
export async function packDesktop(project, { flags, electronDist, output, overrides }) {
  if (!electronDist) await getElectron(project, flags)
  const { ok } = await runTool('electron-builder', [
    ...['--config', CONFIGURATION, '--publish', 'never'],
    ...asFlags({ ...overrides, directories: { output } }, '--config'),
    ...Object.keys(flags).map((flag) => `--${flag}`),
    ...(electronDist ? [`--config.electronDist=${electronDist}`] : []),
  ])
  if (ok) return
  throw new Error(
    'electron-builder failed: see above. It downloads the tools for AppImage, deb, rpm, dmg and NSIS; ' +
      '`npm run dist -- --dir` makes the unpacked app, which needs none of them.',
  )
}

/** `--config.mac.notarize=true` for each value. */
function asFlags(values, prefix) {
  return Object.entries(values).flatMap(([name, value]) =>
    typeof value === 'object'
      ? asFlags(value, `${prefix}.${name}`)
      : [`${prefix}.${name}=${value}`],
  )
}

/** Gets the archives that electron-builder will ask for with these flags. */
async function getElectron(project, flags) {
  const description = join(project, 'node_modules/electron/package.json')
  const { version } = JSON.parse(readFileSync(description, 'utf8'))
  for (const { platform, arch } of archivesFor(flags)) {
    console.log(`Getting Electron ${version} for ${platform}-${arch} …`)
    try {
      await electronArchive({ version, platform, arch })
    } catch (error) {
      throw new Error(
        `The packaging configuration is valid, but Electron ${version}'s archive for ` +
          `${platform}-${arch} is not in the cache and could not be downloaded: ${error.message}.\n` +
          `Give it with --electron-dist PATH: electron-v${version}-${platform}-${arch}.zip from ` +
          "Electron's releases, or its folder.",
        { cause: error },
      )
    }
  }
}

/** The archives that electron-builder will ask for with these flags. */
function archivesFor(flags) {
  const named = Object.keys(PLATFORMS).filter((name) => flags[name])
  const platforms = named.length > 0 ? named.map((name) => PLATFORMS[name]) : [process.platform]
  const archs = ['x64', 'arm64'].filter((name) => flags[name])
  return platforms.flatMap((platform) => {
    // The configuration asks for both; an unpacked app is for this machine.
    const standard = flags.dir ? [process.arch] : ['x64', 'arm64']
    return (archs.length > 0 ? archs : standard).map((arch) => ({ platform, arch }))
  })
}

/**
 * Gets Electron's archive the way electron-builder does: from its cache, else by download.
 *
 * @param {{ version: string, platform: string, arch: string }} which Platform and architecture by
 *   Node's names.
 * @returns {Promise<string>} The path of the zip.
 */
function electronArchive({ version, platform, arch }) {
  const { downloadElectronArtifactZip } = theirs('app-builder-lib/out/util/electronGet.js')
  return downloadElectronArtifactZip({
    electronDownload: null,
    artifactName: 'electron',
    platformName: platform,
    arch,
    version,
  })
}
