import { parseReference, withDefaultTag } from '../../preload/contract/reference'
import type { Image } from '../../preload/contract/images'
import { shortId } from '../format'

/** What engines print in place of a name that is not there; the same in every language. */
export const noName = '<none>'

/** What an image is called in a sentence: its first name, or its short id where it has none. */
export function imageName(image: Pick<Image, 'id' | 'references'>): string {
  return image.references[0] ?? shortId(image.id)
}

/**
 * A name in one way of the several that mean the same image: engines write `docker.io/library/alpine:latest`
 * or leave Docker Hub out, and a person leaves out the tag too. What is no name, an image's id, stays.
 */
export function plainName(name: string): string {
  const parsed = parseReference(name.trim())
  return parsed.ok ? withDefaultTag(parsed.reference).familiar : name.trim()
}

/** The names of an image by repository, for showing: `nginx` with `:latest` and `:1.2`. */
export interface RepositoryNames {
  repository: string
  versions: string[]
}

export function groupByRepository(references: readonly string[]): RepositoryNames[] {
  const groups = new Map<string, string[]>()
  for (const { repository, version } of references.map(referenceParts)) {
    groups.set(repository, [...(groups.get(repository) ?? []), version])
  }
  return [...groups].map(([repository, versions]) => ({ repository, versions }))
}

/** A reference in two parts: `ghcr.io/me/app` and `:1.2` (or `@sha256:…`). */
export function referenceParts(reference: string): { repository: string; version: string } {
  const parsed = parseReference(reference)
  if (!parsed.ok) return { repository: reference, version: '' }
  const { tag, digest, familiar } = parsed.reference
  const version = (tag === undefined ? '' : `:${tag}`) + (digest === undefined ? '' : `@${digest}`)
  return { repository: familiar.slice(0, familiar.length - version.length), version }
}
