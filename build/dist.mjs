// `npm run dist`: packages the app with electron-builder for this machine's system. Options:
//   --electron-dist PATH   Electron's zip, a folder of such zips, or an unpacked Electron
//   --linux, --mac, --win, --x64, --arm64, --dir   as electron-builder takes them
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuild } from './steps/compile.mjs'
import { ensurePackages } from './steps/packages.mjs'
import { root, runTool } from './steps/run.mjs'

const PLATFORMS = { linux: 'linux', mac: 'darwin', win: 'win32' }

async function main() {
  const { values } = parseArgs({
    options: {
      'electron-dist': { type: 'string' },
      linux: { type: 'boolean' },
      mac: { type: 'boolean' },
      win: { type: 'boolean' },
      x64: { type: 'boolean' },
      arm64: { type: 'boolean' },
      dir: { type: 'boolean' },
    },
  })
  const { 'electron-dist': electronDist, ...flags } = values
  if (electronDist && !existsSync(electronDist)) {
    return refuse(`There is nothing at ${electronDist}, which --electron-dist names.`)
  }
  if (!(await ensurePackages())) return false
  // Electron's packaging tools are there only now.
  const { CONFIGURATION, electronArchive, readConfiguration } =
    await import('./steps/packaging.mjs')
  try {
    await readConfiguration(root)
  } catch (error) {
    return refuse(error.message)
  }
  if (!electronDist) {
    const version = installedElectron()
    for (const { platform, arch } of archivesFor(flags)) {
      console.log(`Getting Electron ${version} for ${platform}-${arch} …`)
      try {
        await electronArchive({ version, platform, arch })
      } catch (error) {
        return refuse(
          `Electron ${version}'s archive for ${platform}-${arch} is not in the cache and could not ` +
            `be downloaded: ${error.message}.\nGive it with --electron-dist PATH: ` +
            `electron-v${version}-${platform}-${arch}.zip from Electron's releases, or its folder.`,
        )
      }
    }
  }
  if (!(await ensureBuild())) return false
  const { ok } = await runTool('electron-builder', [
    ...['--config', CONFIGURATION, '--publish', 'never'],
    ...Object.keys(flags).map((flag) => `--${flag}`),
    ...(electronDist ? [`--config.electronDist=${electronDist}`] : []),
  ])
  if (!ok) {
    return refuse(
      'electron-builder failed: see above. It downloads the tools for AppImage, deb, dmg and NSIS; ' +
        '`npm run dist -- --dir` makes the unpacked app, which needs none of them.',
    )
  }
  return true
}

/** The archives that electron-builder will ask for with these flags. */
function archivesFor(flags) {
  const named = Object.keys(PLATFORMS).filter((name) => flags[name])
  const platforms = named.length > 0 ? named.map((name) => PLATFORMS[name]) : [process.platform]
  const archs = ['x64', 'arm64'].filter((name) => flags[name])
  return platforms.flatMap((platform) => {
    // The configuration asks for both on macOS.
    const standard = platform === 'darwin' && !flags.dir ? ['x64', 'arm64'] : [process.arch]
    return (archs.length > 0 ? archs : standard).map((arch) => ({ platform, arch }))
  })
}

function installedElectron() {
  return JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')).version
}

function refuse(message) {
  console.error(message)
  return false
}

process.exitCode = (await main()) ? 0 : 1
