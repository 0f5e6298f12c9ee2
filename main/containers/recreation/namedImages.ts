import type { Container } from '../../../preload/contract/containers'
import type { Image } from '../../../preload/contract/images'
import {
  formatReference,
  parseReference,
  withDefaultTag,
} from '../../../preload/contract/reference'

/** Which image each name means now, as an engine's list of images tells it. */
export class NamedImages {
  readonly #ids = new Map<string, string>()

  constructor(images: Iterable<Image>) {
    for (const { id, references } of images) {
      for (const reference of references) {
        const name = taggedName(reference)
        if (name !== null) this.#ids.set(name, id)
      }
    }
  }

  /**
   * The image that a container's image name means now; null if that is the one it was made from, if
   * nothing has the name, or if it was made from an id or a digest, which no other image can have.
   */
  newerThan({ image, imageId }: Pick<Container, 'image' | 'imageId'>): string | null {
    const name = taggedName(image)
    if (name === null || imageId === null) return null
    const id = this.#ids.get(name) ?? null
    return id === imageId ? null : id
  }
}

/** `docker.io/library/nginx:latest` of `nginx`; null for what is no name, or names a digest. */
function taggedName(text: string): string | null {
  const parsed = parseReference(text)
  if (!parsed.ok || parsed.reference.digest !== undefined) return null
  return formatReference(withDefaultTag(parsed.reference))
}
