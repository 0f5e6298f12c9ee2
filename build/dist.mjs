// `npm run dist`: packages the app, for this machine's system by default, with checksums, an SBOM and
// release notes. Options:
//   --browser-deb          the Debian package of browser mode, which needs no Electron
//   --electron-dist PATH   Electron's zip, a folder of such zips, or an unpacked Electron
//   --linux, --mac, --win, --x64, --arm64, --dir   as electron-builder takes them
//   --output PATH          a folder for all of it, in place of dist/
//   --check                only says whether the configuration is right, and what would be signed
//   --checksums            only makes the checksums anew, of what several machines made
// With --browser-deb and no system named, Electron is neither looked for nor packed. Keys come from the
// environment: docs/releases.md.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildBrowserDeb } from './steps/browserDeb.mjs'
import { writeChecksums } from './steps/checksums.mjs'
import { ensureBuild } from './steps/compile.mjs'
import { ensurePackages } from './steps/packages.mjs'
import { readReleaseKeys } from './steps/releaseKeys.mjs'
import { changesIn, releaseNotes, sourceEpoch } from './steps/releaseNotes.mjs'
import { root } from './steps/run.mjs'
import { writeDesktopSbom, writeServerSbom } from './steps/sbom.mjs'

const SYSTEMS = { linux: 'linux', mac: 'darwin', win: 'win32' }
const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

async function main() {
  const { values } = parseArgs({
    options: {
      'browser-deb': { type: 'boolean' },
      'electron-dist': { type: 'string' },
      output: { type: 'string', default: join(root, 'dist') },
      check: { type: 'boolean' },
      checksums: { type: 'boolean' },
      linux: { type: 'boolean' },
      mac: { type: 'boolean' },
      win: { type: 'boolean' },
      x64: { type: 'boolean' },
      arm64: { type: 'boolean' },
      dir: { type: 'boolean' },
    },
  })
  const { 'browser-deb': browserDeb, 'electron-dist': electronDist, check, ...rest } = values
  const { checksums, output: folder, ...flags } = rest
  const output = resolve(folder)
  if (electronDist && !existsSync(electronDist)) {
    return refuse(`There is nothing at ${electronDist}, which --electron-dist names.`)
  }
  try {
    const keys = readReleaseKeys(process.env)
    if (checksums) return await sum(output, keys)
    if (!(await ensurePackages())) return false
    // Electron's packaging tools are there only now.
    const { packDesktop, readConfiguration } = await import('./steps/packaging.mjs')
    await readConfiguration(root, keys.configuration)
    const named = Object.keys(SYSTEMS).filter((system) => flags[system])
    const desktop = !browserDeb || named.length > 0
    if (desktop) tellOfKeys(keys, named)
    if (check) return tell('The packaging configuration is valid.')
    if (!(await build(keys))) return false
    mkdirSync(output, { recursive: true })
    if (browserDeb) {
      await makeBrowserDeb(output)
      await sum(output, keys)
    }
    if (desktop) {
      await packDesktop(root, { flags, electronDist, output, overrides: keys.configuration })
      writeDesktopSbom(root, join(output, `${name}-${version}.cdx.json`))
      writeNotes(output)
      await sum(output, keys)
    }
  } catch (error) {
    return refuse(error.message)
  }
  return true
}

/** Compiles the app, with the feed of its updates or without an updater. */
async function build({ feed }) {
  process.env.MAIN_VITE_UPDATE_URL = feed?.url ?? ''
  process.env.MAIN_VITE_UPDATE_KEY = feed?.publicKey ?? ''
  return ensureBuild()
}

async function makeBrowserDeb(output) {
  const changes = changesIn(writeNotes(output))
  const epoch = sourceEpoch(root)
  const { file, packages } = await buildBrowserDeb({ project: root, output, epoch, changes })
  writeServerSbom(root, join(output, `${name}-server-${version}.cdx.json`), packages)
  tell(`Made ${relative(process.cwd(), file)}`)
}

function writeNotes(output) {
  const notes = releaseNotes(root, version)
  writeFileSync(join(output, `release-notes-${version}.md`), notes)
  return notes
}

async function sum(output, { signingKey }) {
  const names = await writeChecksums(output, signingKey)
  const how = signingKey ? 'signed' : 'not signed'
  return tell(`SHA256SUMS (${how}) has ${names.length} files of ${relative(process.cwd(), output)}`)
}

function tellOfKeys({ notes }, named) {
  const systems = Object.keys(SYSTEMS).filter((system) =>
    named.length > 0 ? named.includes(system) : SYSTEMS[system] === process.platform,
  )
  for (const note of [...notes.all, ...systems.flatMap((system) => notes[system] ?? [])]) tell(note)
}

function tell(message) {
  console.log(message)
  return true
}

function refuse(message) {
  console.error(message)
  return false
}

process.exitCode = (await main()) ? 0 : 1
