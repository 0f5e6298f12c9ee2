import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'

/** What the scripts that are loaded before the first list may have, compressed. */
export const MOST_FIRST_BYTES = 250_000

const ASSETS = resolve('out/renderer/assets')

/** The names of all scripts of the built page. */
export const builtScripts = () => readdirSync(ASSETS).filter((name) => name.endsWith('.js'))

/** How many bytes these scripts are when each is compressed as servers do. */
export function gzipBytes(scripts: readonly string[]): number {
  const sizes = scripts.map((name) => gzipSync(readFileSync(join(ASSETS, name))).length)
  return sizes.reduce((sum, size) => sum + size, 0)
}

/**
 * Loads the page anew, and calls back with the name of each script that it asks for.
 *
 * @param ahead Whether it loads what it will want later, which it does when it is idle.
 */
export async function reloadWatched(
  page: Page,
  asked: (script: string) => void,
  { ahead }: { ahead: boolean },
): Promise<void> {
  page.on('request', (request) => {
    if (request.url().endsWith('.js')) asked(basename(request.url()))
  })
  if (!ahead) await page.addInitScript(() => (window.requestIdleCallback = () => 0))
  await page.reload()
  await page.getByRole('main').waitFor()
}
