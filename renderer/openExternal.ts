/** Opens an address in the person's browser: through the system in Electron, as a new tab elsewhere. */
export async function openExternal(url: string): Promise<void> {
  if (window.longshore) await window.longshore.openInBrowser(url)
  else window.open(url, '_blank', 'noopener,noreferrer')
}
