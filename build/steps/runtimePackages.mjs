import { cpSync, existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, extname, join, relative } from 'node:path'

/** What code reads of a package at run time; the rest is for people, compilers and other programs. */
const RUNTIME = new Set(['.js', '.cjs', '.mjs', '.json', '.proto', '.wasm'])
/** Names of files that say under which terms a package is given. */
export const LICENCE = /^(licen[cs]e|copying|notice|copyright)\b/i
const NOT_RUNTIME = /^(tests?|__tests__|examples?|benchmarks?|docs|prebuilds|node_modules|\..*)$/

/**
 * @typedef {object} Package
 * @property {string} name
 * @property {string} version
 * @property {string} license SPDX expression, as its package.json says.
 * @property {string} folder Absolute path.
 */

/**
 * The files of ours that run when `entry` does: it and the chunks that it imports.
 *
 * @param {string} entry Absolute path of a built file.
 * @returns {string[]} Absolute paths.
 */
export function filesFrom(entry) {
  const found = new Set([entry])
  // A set's iteration comes to what is added meanwhile.
  for (const file of found) {
    const code = readFileSync(file, 'utf8')
    for (const [, path] of code.matchAll(/["'`](\.{1,2}\/[\w./-]+\.js)["'`]/g)) {
      const imported = join(dirname(file), path)
      if (existsSync(imported)) found.add(imported)
    }
  }
  return [...found].sort()
}

/**
 * The packages that built files need at run time: those of package.json's `dependencies` that they
 * name, with all that those depend on.
 *
 * @param {string} project Folder of package.json and node_modules.
 * @param {string[]} files Absolute paths.
 * @returns {Package[]} In the order of their folders.
 */
export function packagesOf(project, files) {
  return packagesNamedIn(project, files, Object.keys(readPackage(project).dependencies))
}

/**
 * Those of the packages `names` that files name, with all that those depend on. Left out are optional
 * ones, which are native and for speed, types, and what runs in Bare and not in Node.
 *
 * @param {string} project Folder of node_modules.
 * @param {string[]} files Absolute paths.
 * @param {string[]} names
 * @returns {Package[]} In the order of their folders.
 */
export function packagesNamedIn(project, files, names) {
  const code = files.map((file) => readFileSync(file, 'utf8')).join('\n')
  // Imported, imported later, or required: in each case its name stands in quotes.
  const named = names.filter((name) => new RegExp(`["'\`]${name}["'\`/]`).test(code))
  const folders = new Set(named.map((name) => folderOf(name, project)))
  for (const folder of folders) {
    for (const name of Object.keys(readPackage(folder).dependencies ?? {})) {
      if (name in (readPackage(folder).optionalDependencies ?? {})) continue
      const dependency = name.startsWith('@types/') ? null : folderOf(name, folder)
      if (dependency && runsInNode(dependency)) folders.add(dependency)
    }
  }
  return [...folders].sort().map((folder) => {
    const { name, version, license, licenses } = readPackage(folder)
    // Old packages have a list.
    return { name, version, license: license ?? licenses?.[0]?.type ?? 'none-said', folder }
  })
}

/**
 * Copies what packages need at run time, and their licences, to the same places below `target`.
 *
 * @param {Package[]} packages
 * @param {string} project Folder of node_modules.
 * @param {string} target
 */
export function copyPackages(packages, project, target) {
  for (const { folder } of packages) {
    cpSync(folder, join(target, relative(project, folder)), {
      recursive: true,
      filter: (path) => path === folder || isRuntime(path),
    })
  }
}

function isRuntime(path) {
  const name = basename(path)
  if (statSync(path).isDirectory()) {
    const isNativeBuild = name === 'build' && existsSync(join(path, '..', 'binding.gyp'))
    return !NOT_RUNTIME.test(name) && !isNativeBuild
  }
  return RUNTIME.has(extname(name)) || LICENCE.test(name)
}

/** Where Node finds a package that is imported from `from`. */
function folderOf(name, from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name)
    if (existsSync(join(candidate, 'package.json'))) return candidate
    if (dirname(folder) === folder) throw new Error(`${name}, which ${from} needs, is missing.`)
  }
}

function runsInNode(folder) {
  const { engines = {} } = readPackage(folder)
  return !('bare' in engines) || 'node' in engines
}

function readPackage(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}
