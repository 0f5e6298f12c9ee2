import { parseReference } from '../../../preload/contract/reference'
import { say } from '../../../preload/contract/say'
import { Failure } from '../../errors'

/** Any host: names are checked by the grammar of whole references. */
const HOST = 'registry.invalid'

/**
 * The path of something in a repository, below `/v2/`: `team/app/manifests/1.0`. Only names by the
 * grammar of distribution/reference get into it, and none of those has a character to be escaped.
 *
 * @throws Failure `invalid-input`
 */
export function pathOf(repository: string, ...rest: string[]): string {
  return [checkedRepository(repository), ...rest].join('/')
}

/** @throws Failure `invalid-input` */
export function checkedDigest(digest: string): string {
  if (isKnownDigest(digest)) return digest
  throw refuse(say`This is no digest: ${quoted(digest)}.`)
}

/** Whether this is a whole digest, of a kind that the engines know. */
export function isKnownDigest(text: string): boolean {
  const parsed = parseReference(`${HOST}/a@${text}`)
  return parsed.ok && parsed.reference.digest === text
}

/**
 * A tag or a digest.
 *
 * @throws Failure `invalid-input`
 */
export function checkedReference(reference: string): string {
  return isDigest(reference) ? checkedDigest(reference) : checkedTag(reference)
}

/** Whether a reference is meant as a digest: no tag has a colon. */
export function isDigest(reference: string): boolean {
  return reference.includes(':')
}

/** `team/app:1.0` or `team/app@sha256:…` */
export function nameOf(repository: string, reference: string): string {
  return repository + (isDigest(reference) ? '@' : ':') + reference
}

function checkedRepository(repository: string): string {
  const parsed = parseReference(`${HOST}/${repository}`)
  if (parsed.ok && parsed.reference.path === repository) return repository
  throw refuse(say`This is no repository: ${quoted(repository)}.`)
}

function checkedTag(tag: string): string {
  const parsed = parseReference(`${HOST}/a:${tag}`)
  if (parsed.ok && parsed.reference.tag === tag && parsed.reference.digest === undefined) return tag
  throw refuse(say`This is no tag: ${quoted(tag)}.`)
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 100))
}

function refuse(sentence: string): Failure {
  return new Failure('invalid-input', sentence)
}
