import { parseReference, withDefaultTag, type Reference } from '../../preload/contract/reference'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'

/** Reads a reference that a person wrote; throws `invalid-input` in words. */
export function readReference(text: string): Reference {
  const parsed = parseReference(text.trim())
  if (parsed.ok) return parsed.reference
  throw new Failure('invalid-input', say`"${text}" is not an image name.`, { hint: parsed.message })
}

/** Reads the name that a new image is to get, with `:latest` where it has no tag. Throws `invalid-input`. */
export function readNewName(text: string): Reference & { tag: string } {
  const reference = withDefaultTag(readReference(text))
  const { tag, digest } = reference
  if (tag !== undefined && digest === undefined) return { ...reference, tag }
  throw new Failure('invalid-input', say`An image cannot be given a name with a digest.`, {
    hint: say`Write name:tag.`,
  })
}
