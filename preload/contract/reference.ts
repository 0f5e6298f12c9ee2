import { say } from './say'

/**
 * Image references by the grammar of distribution/reference, normalised as Docker does: `nginx` is
 * `docker.io/library/nginx`. Pure text work: runs in main and in the page.
 */

export interface Reference {
  /** The registry: `docker.io`, `localhost:5000`, `[::1]:5000`. */
  domain: string
  /** The repository within the registry: `library/nginx`. */
  path: string
  tag?: string
  /** `sha256:…` */
  digest?: string
  /** The full name without tag and digest: `docker.io/library/nginx`. */
  name: string
  /** The whole reference as Docker shows it: without `docker.io/` and `library/`. */
  familiar: string
}

export type ReferenceProblem =
  | 'empty'
  | 'uppercase'
  | 'invalid-tag'
  | 'invalid-digest'
  | 'invalid-name'
  | 'too-long'
  | 'is-image-id'

export type ParsedReference =
  | { ok: true; reference: Reference }
  /** `message`: one sentence that says what to change. */
  | { ok: false; problem: ReferenceProblem; message: string }

export const DEFAULT_TAG = 'latest'
const DOCKER_HUB = 'docker.io'
const LEGACY_DOCKER_HUB = 'index.docker.io'
const OFFICIAL_PREFIX = 'library/'
/** distribution/reference: RepositoryNameTotalLengthMax, counted without the domain. */
const MAX_PATH_LENGTH = 255

const DOMAIN =
  /^(?:[a-zA-Z0-9]+(?:-+[a-zA-Z0-9]+)*(?:\.[a-zA-Z0-9]+(?:-+[a-zA-Z0-9]+)*)*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?$/
const PATH_COMPONENT = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*$/
const TAG = /^\w[\w.-]{0,127}$/
const IMAGE_ID = /^(?:sha256:)?[a-f0-9]{64}$/
/** The digests that the engines know (opencontainers/go-digest). */
const DIGEST = /^(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})$/

const messages: Record<ReferenceProblem, () => string> = {
  empty: () => say`Give the name of an image: nginx, or registry.example.com/team/app:1.0.`,
  uppercase: () =>
    say`The name of an image has lower-case letters only; a tag may have upper-case ones.`,
  'invalid-tag': () =>
    say`A tag has up to 128 letters, digits, "_", "." and "-", and does not begin with "." or "-".`,
  'invalid-digest': () => say`A digest is sha256: and 64 digits from 0 to 9 and a to f.`,
  'invalid-name': () =>
    say`The name of an image has letters, digits and single ".", "_" or "-" between them, in parts separated by "/".`,
  'too-long': () => say`The name of an image has at most 255 characters.`,
  'is-image-id': () => say`This is the id of an image. Give a name, such as team/app:1.0.`,
}

/**
 * Reads a reference as a person writes it. Stricter than the grammar in one point: `sha256:` and 64
 * digits are taken for an image id, as the engines do, not for an image named "sha256".
 */
export function parseReference(text: string): ParsedReference {
  if (text === '') return refuse('empty')
  if (IMAGE_ID.test(text)) return refuse('is-image-id')

  const [named, digest] = splitAt(text, '@')
  if (digest !== undefined && !DIGEST.test(digest)) return refuse('invalid-digest')

  const [domain, remainder] = splitDomain(named)
  const [path, tag] = splitAt(remainder, ':')
  if (path.length > MAX_PATH_LENGTH) return refuse('too-long')
  if (!DOMAIN.test(domain)) return refuse('invalid-name')
  if (!isPath(path)) return refuse(isPath(path.toLowerCase()) ? 'uppercase' : 'invalid-name')
  if (tag !== undefined && !TAG.test(tag)) return refuse('invalid-tag')

  const suffix = suffixOf(tag, digest)
  return {
    ok: true,
    reference: {
      domain,
      path,
      ...(tag !== undefined && { tag }),
      ...(digest !== undefined && { digest }),
      name: `${domain}/${path}`,
      familiar: familiarName(domain, path) + suffix,
    },
  }
}

/** The reference in full: `docker.io/library/nginx:1.27@sha256:…`. Parsing it gives the same again. */
export function formatReference(reference: Reference): string {
  return reference.name + suffixOf(reference.tag, reference.digest)
}

/** The reference itself if it has a tag or a digest, otherwise the same with the tag `latest`. */
export function withDefaultTag(reference: Reference): Reference {
  if (reference.tag !== undefined || reference.digest !== undefined) return reference
  return { ...reference, tag: DEFAULT_TAG, familiar: `${reference.familiar}:${DEFAULT_TAG}` }
}

/** The host whose credentials the reference needs: its domain, in lower case. */
export function registryHost(reference: Reference): string {
  return reference.domain.toLowerCase()
}

function refuse(problem: ReferenceProblem): ParsedReference {
  return { ok: false, problem, message: messages[problem]() }
}

/** What stands before the first separator, and what after it; undefined where there is none. */
function splitAt(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator)
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

/**
 * Tells the domain from the repository: the part before the first slash is a domain if nothing else
 * could look like it (a dot, a colon, an upper-case letter) or if it is `localhost`.
 */
function splitDomain(named: string): [domain: string, remainder: string] {
  const [first, rest] = splitAt(named, '/')
  if (rest === undefined) return [DOCKER_HUB, OFFICIAL_PREFIX + named]
  const isDomain = first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase()
  const domain = !isDomain || first === LEGACY_DOCKER_HUB ? DOCKER_HUB : first
  const remainder = isDomain ? rest : named
  const isOfficial = domain === DOCKER_HUB && !remainder.includes('/')
  return [domain, isOfficial ? OFFICIAL_PREFIX + remainder : remainder]
}

function isPath(path: string): boolean {
  return path.split('/').every((component) => PATH_COMPONENT.test(component))
}

function suffixOf(tag: string | undefined, digest: string | undefined): string {
  return (tag === undefined ? '' : `:${tag}`) + (digest === undefined ? '' : `@${digest}`)
}

function familiarName(domain: string, path: string): string {
  if (domain !== DOCKER_HUB) return `${domain}/${path}`
  const official = path.startsWith(OFFICIAL_PREFIX) ? path.slice(OFFICIAL_PREFIX.length) : path
  return official.includes('/') ? path : official
}
