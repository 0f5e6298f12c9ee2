import type { WebFrameMain } from 'electron'

/** The scheme and host that the page is served from. */
export const pageScheme = 'app'
export const pageHost = 'longshore'
export const pageUrl = `${pageScheme}://${pageHost}/`

/** Whether `url` is a page of ours; the only place the window may go. */
export function isOurPage(url: string): boolean {
  const parsed = URL.parse(url)
  return parsed?.protocol === `${pageScheme}:` && parsed.host === pageHost
}

/**
 * Whether a message came from our page itself: from the top frame of our window, while our page is
 * in it. `frame` is null when it has gone since.
 */
export function isTrustedSender(
  frame: Pick<WebFrameMain, 'url' | 'parent'> | null,
  sentFromOurWindow: boolean,
): boolean {
  return sentFromOurWindow && frame !== null && frame.parent === null && isOurPage(frame.url)
}

/**
 * The address as it may be given to the system to open, or null. Only http and https: other schemes
 * start programs (`smb:`, `file:`, `ms-msdt:`, …).
 */
export function externalUrl(url: unknown): string | null {
  const parsed = typeof url === 'string' ? URL.parse(url) : null
  return parsed?.protocol === 'http:' || parsed?.protocol === 'https:' ? parsed.href : null
}

/** What the page may do beyond what pages may: put text on the clipboard, and nothing else. */
export function isAllowedPermission(permission: string, requestingUrl: string): boolean {
  return permission === 'clipboard-sanitized-write' && isOurPage(requestingUrl)
}
