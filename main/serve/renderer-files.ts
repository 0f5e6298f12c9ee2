import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

export interface RendererFile {
  body: Buffer
  contentType: string
  /**
   * The file's name changes with its content (Vite's `assets/`), so that it may be kept for good.
   */
  immutable: boolean
}

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
}

/**
 * Reads the built page once and answers from memory: no path of a request ever reaches the file
 * system, and a rebuild beside a running app leaves it with the files that belong together. Returns
 * the file for a URL's path (percent-encoded, beginning with "/"): the file of that name, or
 * index.html for a path of the page's router (no extension in its last part), or null. Throws when
 * there is no index.html in `folder`.
 */
export async function loadRendererFiles(
  folder: string,
): Promise<(urlPath: string) => RendererFile | null> {
  const files = new Map<string, RendererFile>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const urlPath = `/${relative(folder, file).split(sep).join('/')}`
    files.set(urlPath, {
      body: await readFile(file),
      contentType: contentTypes[extname(file)] ?? 'application/octet-stream',
      immutable: urlPath.startsWith('/assets/'),
    })
  }
  const index = files.get('/index.html')
  if (!index) throw new Error(`There is no index.html in ${folder}; build the page first.`)

  return (urlPath) => {
    const path = decode(urlPath)
    if (path === null) return null
    const isRoute = !path.slice(path.lastIndexOf('/')).includes('.')
    return files.get(path) ?? (isRoute ? index : null)
  }
}

function decode(urlPath: string): string | null {
  try {
    return decodeURIComponent(urlPath)
  } catch {
    return null
  }
}
