import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const IN_THE_APP = /^(main|preload|renderer)\//m

/**
 * What is new in a version, in Markdown: its section of CHANGELOG.md, else the subjects of the commits
 * since the tag before it, those that touch the app first.
 *
 * @param {string} project Its folder, and the root of its repository.
 * @param {string} version
 */
export function releaseNotes(project, version) {
  const written = writtenNotes(join(project, 'CHANGELOG.md'), version)
  if (written !== null) return `# Longshore ${version}\n\n${written}\n`
  const commits = commitsSince(project, tagBefore(project, `v${version}`))
  const groups = [
    ['In the app', commits.filter(({ paths }) => IN_THE_APP.test(paths))],
    ['Packaging, tests and documents', commits.filter(({ paths }) => !IN_THE_APP.test(paths))],
  ]
  const sections = groups
    .filter(([, members]) => members.length > 0)
    .map(([title, members]) => `## ${title}\n\n${members.map((c) => `- ${c.subject}\n`).join('')}`)
  return [`# Longshore ${version}\n`, ...sections].join('\n')
}

/** Lines of the notes' lists. */
export function changesIn(notes) {
  return [...notes.matchAll(/^[-*] (.+(?:\n {2,}.+)*)/gm)].map(([, text]) =>
    text.replace(/\s+/g, ' '),
  )
}

function writtenNotes(file, version) {
  if (!existsSync(file)) return null
  const sections = readFileSync(file, 'utf8').split(/^## /m)
  const section = sections.find((each) => {
    const [title = ''] = each.split('\n', 1)
    return title.replace(/^\[?v?/, '').split(/[\]\s]/, 1)[0] === version
  })
  return section?.slice(section.indexOf('\n')).trim() ?? null
}

/** Null: there is none, and everything is new. */
function tagBefore(project, tag) {
  const exclude = [`--exclude=${tag}`, '--match=v[0-9]*', '--abbrev=0']
  return git(project, ['describe', '--tags', ...exclude])?.trim() ?? null
}

function commitsSince(project, tag) {
  const range = tag === null ? 'HEAD' : `${tag}..HEAD`
  const log = git(project, ['log', '--no-merges', '--name-only', '--format=%x00%s', range]) ?? ''
  return log
    .split('\0')
    .slice(1)
    .map((commit) => {
      const [subject = '', ...paths] = commit.split('\n')
      return { subject, paths: paths.join('\n') }
    })
}

/** Seconds: SOURCE_DATE_EPOCH, else when the last commit was made, else now. */
export function sourceEpoch(project) {
  const said = process.env.SOURCE_DATE_EPOCH ?? git(project, ['log', '-1', '--format=%ct'])
  return Number(said) || Math.floor(Date.now() / 1000)
}

/** What git prints; null where there is no git, no repository, or no answer. */
function git(project, args) {
  const { status, stdout } = spawnSync('git', args, {
    cwd: project,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return status === 0 ? stdout : null
}
