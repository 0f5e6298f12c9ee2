/** A target, then parameters whose values may be quoted (RFC 8288, section 3). */
const LINK =
  /\s*<([^>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s",;]*))?)*)\s*(?:,|$)/y
const PARAMETER = /;\s*([^\s=;]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",;]*)))?/g

/** The target of the first link to the next page in a `Link` header; null without one. */
export function nextLink(header: string): string | null {
  LINK.lastIndex = 0
  for (let match = LINK.exec(header); match !== null; match = LINK.exec(header)) {
    const [, target = '', parameters = ''] = match
    for (const [, name = '', quoted, plain = ''] of parameters.matchAll(PARAMETER)) {
      const relations = (quoted ?? plain).toLowerCase().split(/\s+/)
      if (name.toLowerCase() === 'rel' && relations.includes('next')) return target
    }
  }
  return null
}

/**
 * The query of a link to the next page. Only this is kept of it: registries behind proxies name
 * themselves by wrong hosts, and so a link cannot lead to another one.
 */
export function nextQuery(header: string | null): string | null {
  const target = header === null ? null : nextLink(header)
  const base = 'https://registry.invalid'
  if (target === null || !URL.canParse(target, base)) return null
  const { search } = new URL(target, base)
  return search === '' ? null : search.slice(1)
}
