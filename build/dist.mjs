// `npm run dist`: packages the app, for this machine's system by default. Options:
//   --browser-deb          the Debian package of browser mode, which needs no Electron
//   --electron-dist PATH   Electron's zip, a folder of such zips, or an unpacked Electron
//   --linux, --mac, --win, --x64, --arm64, --dir   as electron-builder takes them
//   --output PATH          a folder for all of it, in place of dist/
// With --browser-deb and no system named, Electron is neither looked for nor packed.
import { existsSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildBrowserDeb } from './steps/browserDeb.mjs'
import { ensureBuild } from './steps/compile.mjs'
import { ensurePackages } from './steps/packages.mjs'
import { changesIn, releaseNotes, sourceEpoch } from './steps/releaseNotes.mjs'
import { root } from './steps/run.mjs'

const SYSTEMS = ['linux', 'mac', 'win']

async function main() {
  const { values } = parseArgs({
    options: {
      'browser-deb': { type: 'boolean' },
      'electron-dist': { type: 'string' },
      output: { type: 'string', default: join(root, 'dist') },
      linux: { type: 'boolean' },
      mac: { type: 'boolean' },
      win: { type: 'boolean' },
      x64: { type: 'boolean' },
      arm64: { type: 'boolean' },
      dir: { type: 'boolean' },
    },
  })
  const { 'browser-deb': browserDeb, 'electron-dist': electronDist, ...rest } = values
  const { output: folder, ...flags } = rest
  const output = resolve(folder)
  if (electronDist && !existsSync(electronDist)) {
    return refuse(`There is nothing at ${electronDist}, which --electron-dist names.`)
  }
  if (!(await ensurePackages())) return false
  // Electron's packaging tools are there only now.
  const { packDesktop, readConfiguration } = await import('./steps/packaging.mjs')
  try {
    await readConfiguration(root)
    if (!(await ensureBuild())) return false
    if (browserDeb) await makeBrowserDeb(output)
    if (!browserDeb || SYSTEMS.some((system) => flags[system])) {
      await packDesktop(root, { flags, electronDist, output })
    }
  } catch (error) {
    return refuse(error.message)
  }
  return true
}

async function makeBrowserDeb(output) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const { file } = await buildBrowserDeb({
    project: root,
    output,
    epoch: sourceEpoch(root),
    changes: changesIn(releaseNotes(root, version)),
  })
  console.log(`Made ${relative(process.cwd(), file)}`)
}

function refuse(message) {
  console.error(message)
  return false
}

process.exitCode = (await main()) ? 0 : 1
