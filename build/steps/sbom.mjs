import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packagesNamedIn } from './runtimePackages.mjs'

/**
 * Writes the software bill of materials of the desktop app, CycloneDX: Electron, the packages beside
 * the code, and those that the page is made of.
 *
 * @param {string} project
 * @param {string} file
 */
export function writeDesktopSbom(project, file) {
  const beside = npmSbom(project, ['--omit', 'dev']).components
  const { devDependencies } = readDescription(project)
  const electron = { name: 'electron', version: devDependencies.electron }
  writeSbom(project, file, [...beside, ...packagesOfPage(project), electron])
}

/**
 * The same of the Debian package of browser mode.
 *
 * @param {string} project
 * @param {string} file
 * @param {import('./runtimePackages.mjs').Package[]} packages Those that are in it.
 */
export function writeServerSbom(project, file, packages) {
  writeSbom(project, file, [...packages, ...packagesOfPage(project)])
}

/** What the page imports, with what that depends on: what of it a bundle leaves out is not told. */
function packagesOfPage(project) {
  const files = ['renderer', 'preload'].flatMap((folder) =>
    readdirSync(join(project, folder), { recursive: true })
      .filter((path) => /\.(ts|vue|css)$/.test(path))
      .map((path) => join(project, folder, path)),
  )
  const { dependencies, devDependencies } = readDescription(project)
  return packagesNamedIn(project, files, Object.keys({ ...dependencies, ...devDependencies }))
}

function writeSbom(project, file, members) {
  const sbom = npmSbom(project, [])
  const packed = new Set(members.map(({ name, version }) => `${name}@${version}`))
  const components = sbom.components.filter(({ name, version }) => packed.has(`${name}@${version}`))
  const refs = new Set(components.map((component) => component['bom-ref']))
  refs.add(sbom.metadata.component['bom-ref'])
  const dependencies = sbom.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((to) => refs.has(to)) }))
  const { name, version } = readDescription(project)
  const component = { ...sbom.metadata.component, name, version, type: 'application' }
  const metadata = { ...sbom.metadata, component }
  writeFileSync(
    file,
    `${JSON.stringify({ ...sbom, metadata, components, dependencies }, null, 2)}\n`,
  )
}

/** All of the lock file, in npm's words. */
function npmSbom(project, flags) {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', ...flags]
  const npm = process.env.npm_execpath
  const [command, front] = npm ? [process.execPath, [npm]] : ['npm', []]
  const { status, stdout, stderr } = spawnSync(command, [...front, ...args], {
    cwd: project,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  })
  if (status !== 0) throw new Error(`npm could not tell what the app is made of:\n${stderr}`)
  return JSON.parse(stdout)
}

function readDescription(project) {
  return JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
}
