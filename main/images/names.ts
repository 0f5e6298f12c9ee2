import { parseReference, type Reference } from '../../preload/contract/reference'
import { Failure } from '../errors'

/** Reads a reference that a person wrote; throws `invalid-input` in words. */
export function readReference(text: string): Reference {
  const parsed = parseReference(text.trim())
  if (parsed.ok) return parsed.reference
  throw new Failure('invalid-input', `"${text}" is not an image name.`, { hint: parsed.message })
}
