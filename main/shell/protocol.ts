import { protocol } from 'electron'
import { securityHeaders } from '../serve/headers'
import { loadRendererFiles } from '../serve/renderer-files'
import { isOurPage, pageScheme } from './rules'

/** Makes `app:` a scheme with an origin, like https. To be called before Electron is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: pageScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ])
}

/** Serves the built page under `app://longshore`, from memory. */
export async function servePage(rendererFolder: string): Promise<void> {
  const readFile = await loadRendererFiles(rendererFolder)
  protocol.handle(pageScheme, (request) => {
    const file = isOurPage(request.url) ? readFile(new URL(request.url).pathname) : null
    if (!file || request.method !== 'GET') {
      return new Response(null, { status: 404, headers: securityHeaders })
    }
    return new Response(new Uint8Array(file.body), {
      headers: { ...securityHeaders, 'Content-Type': file.contentType },
    })
  })
}
