// The Debian package of browser mode: plain files and no scripts of a maintainer, so that removing it
// leaves nothing. It is the same file, byte for byte, whenever the same sources are packed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { copyPackages, filesFrom, LICENCE, packagesOf } from './runtimePackages.mjs'
import { run } from './run.mjs'

const NAME = 'longshore-server'
const LIBRARY = 'usr/lib/longshore'
const MAINTAINER = 'The Longshore authors <longshore@localhost>'

/**
 * Builds it.
 *
 * @param {object} options
 * @param {string} options.project Folder of package.json, node_modules, and what was built into out/.
 * @param {string} options.output Folder for the package.
 * @param {number} options.epoch Seconds; the time of all files in it.
 * @param {string[]} options.changes What is new, a line each.
 * @returns {Promise<{ file: string, packages: import('./runtimePackages.mjs').Package[] }>} The file's
 *   path, and the npm packages in it. Rejects, with a sentence, where it cannot be built.
 */
export async function buildBrowserDeb({ project, output, epoch, changes }) {
  if (spawnSync('dpkg-deb', ['--version']).status !== 0) {
    throw new Error('The Debian package is built by dpkg-deb, which is not here.')
  }
  const description = JSON.parse(fs.readFileSync(join(project, 'package.json'), 'utf8'))
  // Debian sorts what follows a tilde before the version itself, as npm does with what follows a dash.
  const version = description.version.replace('-', '~')
  const file = join(output, `${NAME}_${version}_all.deb`)
  const tree = fs.mkdtempSync(join(tmpdir(), 'longshore-deb-'))
  try {
    const packages = layOut(tree, project, description)
    layOutDocuments(tree, project, { version, epoch, changes, packages })
    layOutControl(tree, version)
    normalise(tree, epoch)
    fs.mkdirSync(output, { recursive: true })
    const { ok } = await run(
      'dpkg-deb',
      ['-Zxz', '--root-owner-group', '--threads-max=1', '--build', tree, file],
      { quiet: true, environment: { SOURCE_DATE_EPOCH: String(epoch) } },
    )
    if (!ok) throw new Error('dpkg-deb failed: see above.')
    return { file, packages }
  } finally {
    fs.rmSync(tree, { recursive: true, force: true })
  }
}

/** The program: what was built of browser mode, the packages that it needs, command and unit. */
function layOut(tree, project, { name, version, type, license }) {
  const library = join(tree, LIBRARY)
  const files = filesFrom(join(project, 'out/main/serve.js'))
  for (const file of files) copy(file, join(library, relative(project, file)))
  fs.cpSync(join(project, 'out/renderer'), join(library, 'out/renderer'), { recursive: true })
  const packages = packagesOf(project, files)
  copyPackages(packages, project, library)
  write(
    join(library, 'package.json'),
    `${JSON.stringify({ name, version, type, license }, null, 2)}\n`,
  )
  const sources = join(project, 'build/debian')
  copy(join(sources, 'longshore'), join(tree, 'usr/bin/longshore'))
  copy(join(sources, 'longshore.service'), join(tree, 'usr/lib/systemd/user/longshore.service'))
  return packages
}

function layOutDocuments(tree, project, { version, epoch, changes, packages }) {
  const date = new Date(epoch * 1000)
  const sources = join(project, 'build/debian')
  const manual = fs
    .readFileSync(join(sources, 'longshore.1'), 'utf8')
    .replace('@DATE@', date.toISOString().slice(0, 10))
    .replace('@VERSION@', version)
  write(join(tree, 'usr/share/man/man1/longshore.1.gz'), gzipSync(manual, { level: 9 }))
  const documents = join(tree, 'usr/share/doc', NAME)
  const mit = fs.readFileSync(join(project, 'LICENSE'), 'utf8').replace(/^.*?\n\n.*?\n\n/s, '')
  const copyright = fs
    .readFileSync(join(sources, 'copyright'), 'utf8')
    .replace('@PACKAGES@\n', packages.map((each) => licenceOf(each, project)).join(''))
    .replace('@MIT@', indented(mit))
  write(join(documents, 'copyright'), copyright)
  const log = [
    `${NAME} (${version}) unstable; urgency=medium`,
    changes.map((change) => `  * ${change}`).join('\n'),
    ` -- ${MAINTAINER}  ${date.toUTCString().replace('GMT', '+0000')}\n`,
  ]
  write(join(documents, 'changelog.gz'), gzipSync(log.join('\n\n'), { level: 9 }))
}

/** A paragraph of the file `copyright`. */
function licenceOf({ folder, license }, project) {
  const path = relative(project, folder)
  const text = fs.readdirSync(folder).find((name) => LICENCE.test(name)) ?? 'package.json'
  return [
    `Files: ${LIBRARY}/${path}/*`,
    `Copyright: said in /${LIBRARY}/${path}`,
    `License: ${license.replace(/[()]/g, '').replace(/ (OR|AND) /g, (word) => word.toLowerCase())}`,
    ` See /${LIBRARY}/${path}/${text}.\n\n`,
  ].join('\n')
}

/** As a control file has a text over several lines. */
function indented(text) {
  return text
    .trim()
    .split('\n')
    .map((line) => ` ${line || '.'}`)
    .join('\n')
}

function layOutControl(tree, version) {
  const files = filesIn(tree)
  const kilobytes = files.reduce((sum, file) => sum + Math.ceil(fs.statSync(file).size / 1024), 0)
  const control = [
    `Package: ${NAME}`,
    `Version: ${version}`,
    'Section: admin',
    'Priority: optional',
    'Architecture: all',
    `Maintainer: ${MAINTAINER}`,
    `Installed-Size: ${kilobytes}`,
    // Not `Depends`: Debian 12's is too old, and who has Node.js from elsewhere could not install this.
    // The command says what to do where none fits.
    'Recommends: nodejs (>= 20.19), podman | docker.io | docker-ce',
    // The desktop app, which puts a command of the same name into /usr/bin.
    'Conflicts: longshore',
    'Description: See and steer Docker and Podman containers in a browser',
    ' Shows the images and containers of a Docker or Podman engine, charts the CPU',
    ' and memory of each, and pulls, tags and pushes images. A server on this',
    ' machine that is opened in a browser, also through an SSH tunnel, with a unit',
    ' for systemd that runs it as a service of a user.',
  ]
  write(join(tree, 'DEBIAN/control'), `${control.join('\n')}\n`)
  const sums = files.map((file) => {
    const sum = createHash('md5').update(fs.readFileSync(file)).digest('hex')
    return `${sum}  ${relative(tree, file)}\n`
  })
  write(join(tree, 'DEBIAN/md5sums'), sums.join(''))
}

/** One mode for all files, of whoever's umask and packages they come, and one time. */
function normalise(tree, epoch) {
  for (const path of [
    tree,
    ...fs.readdirSync(tree, { recursive: true }).map((p) => join(tree, p)),
  ]) {
    const isCommand = fs.statSync(path).isDirectory() || path === join(tree, 'usr/bin/longshore')
    fs.chmodSync(path, isCommand ? 0o755 : 0o644)
    fs.utimesSync(path, epoch, epoch)
  }
}

function filesIn(folder) {
  return fs
    .readdirSync(folder, { recursive: true })
    .map((path) => join(folder, path))
    .filter((path) => fs.statSync(path).isFile())
    .sort()
}

function copy(from, to) {
  fs.mkdirSync(dirname(to), { recursive: true })
  fs.copyFileSync(from, to)
}

function write(file, content) {
  fs.mkdirSync(dirname(file), { recursive: true })
  fs.writeFileSync(file, content)
}
