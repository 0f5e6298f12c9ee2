import { containerId, containerName } from '../../preload/contract/base'
import { parseReference } from '../../preload/contract/reference'
import { containerViews, type ShellMessage } from '../../preload/contract/shellMessage'

/** What links to Longshore begin with. */
export const linkScheme = 'longshore'

/** No reference that registries take is longer (255, a tag of 128, a digest), escaped or not. */
const longest = 1_024

/**
 * What a `longshore://` link shows; null where it means nothing. Anybody can write a link, and a click on
 * a web page is enough to open it: so none of them does anything but show.
 *
 *     longshore://containers/<id or name>[/logs|/terminal]
 *     longshore://images/<reference>
 *     longshore://pull/<reference>                           the dialog, filled in
 *     longshore://containers, …/images, …/engines, …         a page
 *
 * An id is the full one of 64 digits; references may have their "/", ":" and "@" as they are, or escaped.
 */
export function parseLink(link: string): ShellMessage | null {
  if (link.length > longest || !/^longshore:\/\/[!-~]+$/i.test(link)) return null
  const [area = '', ...parts] = link.slice(`${linkScheme}://`.length).replace(/\/$/, '').split('/')
  const decoded = parts.map(decode)
  if (decoded.includes(null)) return null
  const path = decoded.join('/')
  switch (area.toLowerCase()) {
    case 'containers':
      return path === '' ? { kind: 'command', id: 'page-containers' } : containerLink(path)
    case 'images':
      return path === '' ? { kind: 'command', id: 'page-images' } : referenceLink('image', path)
    case 'pull':
      return path === '' ? { kind: 'command', id: 'images-pull' } : referenceLink('pull', path)
    case 'engines':
      return path === '' ? { kind: 'command', id: 'page-engines' } : null
    default:
      return null
  }
}

/** The first link among a program's arguments; null where there is none. */
export function linkAmong(args: readonly string[]): string | null {
  return args.find((arg) => arg.toLowerCase().startsWith(`${linkScheme}:`)) ?? null
}

/** What a link tells the page, also when it means nothing: then that. */
export function linkMessage(link: string): ShellMessage {
  return parseLink(link) ?? { kind: 'bad-link' }
}

function containerLink(path: string): ShellMessage | null {
  const [idOrName = '', view = 'overview', ...others] = path.split('/')
  const known = containerViews.find((each) => each === view)
  const fits = containerId.safeParse(idOrName).success || containerName.safeParse(idOrName).success
  if (!known || others.length > 0 || !fits) return null
  return { kind: 'container', engineId: null, idOrName, view: known }
}

function referenceLink(kind: 'image' | 'pull', text: string): ShellMessage | null {
  const parsed = parseReference(text)
  return parsed.ok && text.length <= 512 ? { kind, reference: text } : null
}

/** Null for an escape that is none, and for what no name has: control characters, spaces, `..`. */
function decode(part: string): string | null {
  try {
    const text = decodeURIComponent(part)
    return /^[!-~]*$/.test(text) && !text.split('/').includes('..') ? text : null
  } catch {
    return null
  }
}
