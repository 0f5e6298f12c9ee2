import type { Plugin } from 'vite'

/** What is replaced in xterm.js 6.0, and how often it stands there. */
const changes = [
  { from: /[\w.]+\.createElement\("style"\)/g, to: 'createStyle()', times: 3 },
  { from: /\b(\w+)\.setAttribute\("style",/g, to: 'setStyle($1,', times: 1 },
]

/**
 * Makes xterm.js' DOM renderer set its styles through the CSSOM. It writes style elements and style
 * attributes, which would take `style-src 'unsafe-inline'` for the whole page, and its option
 * `documentOverride` reaches only two of the four places. Throws for an xterm.js that is written
 * otherwise: look at it again then.
 *
 * @param helpers The module that has `createStyle` and `setStyle`.
 */
export function changeXterm(code: string, helpers: string): string {
  let changed = code
  for (const { from, to, times } of changes) {
    const found = code.match(from)?.length ?? 0
    if (found !== times) {
      throw new Error(
        `xterm.js has ${String(from)} ${found} times, not ${times}: see strictXterm.ts.`,
      )
    }
    changed = changed.replace(from, to)
  }
  return `import { createStyle, setStyle } from ${JSON.stringify(helpers)}\n${changed}`
}

/** Changes xterm.js on its way into the page. */
export function strictXterm(helpers: string): Plugin {
  return {
    name: 'longshore-strict-xterm',
    transform: {
      filter: { id: /@xterm\/xterm\/lib\/xterm\.mjs$/ },
      handler: (code) => ({ code: changeXterm(code, helpers), map: null }),
    },
  }
}
