import { userName } from '../../preload/contract/terminals'

/** A user as it was typed: empty where the container or the image is to say. */
export function typedUser(text: string): { name: string; fits: boolean } {
  const name = text.trim()
  return { name, fits: name === '' || userName.safeParse(name).success }
}
