import { parseReference } from '../../preload/contract/reference'
import type { Image } from '../../preload/contract/images'
import { shortId } from '../format'

/** What an image is called in a sentence: its first name, or its short id where it has none. */
export function imageName(image: Pick<Image, 'id' | 'references'>): string {
  return image.references[0] ?? shortId(image.id)
}

/** A reference in two parts, for showing: `ghcr.io/me/app` and `:1.2` (or `@sha256:…`). */
export function referenceParts(reference: string): { repository: string; version: string } {
  const parsed = parseReference(reference)
  if (!parsed.ok) return { repository: reference, version: '' }
  const { tag, digest, familiar } = parsed.reference
  const version = (tag === undefined ? '' : `:${tag}`) + (digest === undefined ? '' : `@${digest}`)
  return { repository: familiar.slice(0, familiar.length - version.length), version }
}
