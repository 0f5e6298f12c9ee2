import type { Image } from '../../preload/contract/images'
import type { Job } from '../../preload/contract/jobs'

/** As many as a list under a field shows without scrolling far. */
const MOST = 20

/** Names that were pulled, pushed or copied before, the latest first. */
export function namesOfJobs(jobs: readonly Pick<Job, 'request'>[]): string[] {
  return jobs.flatMap(({ request }) => {
    if (request.kind === 'pull') return [request.reference]
    return request.kind === 'push' ? request.references : []
  })
}

export function namesOfImages(images: Iterable<Pick<Image, 'references'>>): string[] {
  return [...images].flatMap(({ references }) => references)
}

/**
 * The names that fit what is being typed: those that begin with it first, then those that have it
 * anywhere; each once, in the order given. Nothing while nothing is typed.
 */
export function suggest(typed: string, names: readonly string[]): string[] {
  const text = typed.trim().toLowerCase()
  if (text === '') return []
  const fitting = [...new Set(names)].filter((name) => name !== typed && name.includes(text))
  const beginning = fitting.filter((name) => name.startsWith(text))
  const others = fitting.filter((name) => !name.startsWith(text))
  return [...beginning, ...others].slice(0, MOST)
}

/** What to ask a registry for, to go on with what is being typed; null where it names no registry. */
export type RegistryQuestion =
  { kind: 'repositories'; host: string } | { kind: 'tags'; host: string; repository: string }

/**
 * `ghcr.io/` asks for the repositories there, `ghcr.io/me/app:` for the tags of one. Docker Hub, which
 * lists nothing, is never asked for repositories.
 */
export function questionOf(typed: string): RegistryQuestion | null {
  const [, host, rest] = /^([^/]+[.:][^/]*|localhost)\/(.*)$/.exec(typed.trim()) ?? []
  if (host === undefined || rest === undefined) {
    const repository = /^([a-z0-9][a-z0-9/._-]*):[^/]*$/.exec(typed.trim())?.[1]
    if (repository === undefined) return null
    const path = repository.includes('/') ? repository : `library/${repository}`
    return { kind: 'tags', host: 'docker.io', repository: path }
  }
  const repository = /^([^:@]+):[^/@]*$/.exec(rest)?.[1]
  if (repository !== undefined) return { kind: 'tags', host, repository }
  return host === 'docker.io' ? null : { kind: 'repositories', host }
}
