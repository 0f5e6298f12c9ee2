import { app, session, shell, type Event, type WebContents } from 'electron'
import { log } from '../log'
import { externalUrl, isAllowedPermission, isOurPage } from './rules'

/**
 * Keeps whatever Electron ever shows within our own page: no navigation elsewhere, no second
 * window, no embedded one. To be called before the first window is made.
 */
export function confineContents(): void {
  app.on('web-contents-created', (_event, contents) => confine(contents))
}

function confine(contents: WebContents): void {
  const stay = (event: Event<{ url: string }>) => {
    if (isOurPage(event.url)) return
    log.warn('a navigation was refused')
    event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    openExternal(url).catch((error: unknown) => log.warn({ error }, 'a link could not be opened'))
    return { action: 'deny' }
  })
}

/** Refuses the page every permission but the clipboard's. To be called when Electron is ready. */
export function denyPermissions(): void {
  const { defaultSession } = session
  defaultSession.setPermissionRequestHandler((_contents, permission, decide, details) =>
    decide(isAllowedPermission(permission, details.requestingUrl)),
  )
  defaultSession.setPermissionCheckHandler((_contents, permission, origin) =>
    isAllowedPermission(permission, origin),
  )
  defaultSession.setDevicePermissionHandler(() => false)
}

/** Opens an http or https address in the person's browser; throws for any other. */
export async function openExternal(url: unknown): Promise<void> {
  const allowed = externalUrl(url)
  if (allowed === null) throw new Error('Only http and https addresses can be opened.')
  await shell.openExternal(allowed)
}
