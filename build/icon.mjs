// Renders build/resources/icon.png, from which electron-builder makes all icons, from icon.svg.
// Run it with `node build/icon.mjs` after changing the drawing.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const PIXELS = 512
const resources = join(import.meta.dirname, 'resources')
const drawing = readFileSync(join(resources, 'icon.svg'), 'utf8')

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  // Chromium's sandbox does not run as root; it shows nothing but our own drawing.
  chromiumSandbox: process.getuid() !== 0,
})
const page = await browser.newPage({ viewport: { width: PIXELS, height: PIXELS } })
await page.setContent(`<style>html, body { margin: 0 } svg { display: block }</style>${drawing}`)
await page.screenshot({ path: join(resources, 'icon.png'), omitBackground: true })
await browser.close()
