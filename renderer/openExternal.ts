/**
 * Opens an address in the person's browser: through the system in Electron, as a new tab elsewhere. Only
 * http and https, whoever wrote it: other schemes start programs or run in the page. Throws for others.
 */
export async function openExternal(url: string): Promise<void> {
  const parsed = URL.parse(url)
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:') {
    throw new Error('Only http and https addresses can be opened.')
  }
  if (window.longshore) await window.longshore.openInBrowser(parsed.href)
  else window.open(parsed.href, '_blank', 'noopener,noreferrer')
}
