import type { ITheme } from '@xterm/xterm'

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const

/** The colours of the page that a terminal is drawn in, by their names in styles.css. */
export const terminalColours = [
  ...['surface', 'text', 'accent', 'on-accent', 'accent-soft', 'line-strong', 'warning', 'muted'],
  ...names.flatMap((name) => [`ansi-${name}`, `ansi-bright-${name}`]),
] as const

/** @param colour gives the value of a colour as CSS computes it, `rgb(1, 2, 3)` */
export function terminalTheme(colour: (name: string) => string): ITheme {
  const hex = (name: string) => toHex(colour(name))
  return {
    background: hex('surface'),
    foreground: hex('text'),
    cursor: hex('accent'),
    cursorAccent: hex('on-accent'),
    selectionBackground: hex('accent-soft'),
    selectionInactiveBackground: hex('accent-soft'),
    scrollbarSliderBackground: `${hex('line-strong')}80`,
    scrollbarSliderHoverBackground: hex('line-strong'),
    scrollbarSliderActiveBackground: hex('line-strong'),
    ...Object.fromEntries(
      names.flatMap((name) => [
        [name, hex(`ansi-${name}`)],
        [`bright${name.charAt(0).toUpperCase()}${name.slice(1)}`, hex(`ansi-bright-${name}`)],
      ]),
    ),
  }
}

/** `rgb(1, 2, 3)` as `#010203`, which is what xterm.js reads everywhere. */
export function toHex(rgb: string): string {
  const parts = rgb.match(/\d+(\.\d+)?/g)?.slice(0, 3) ?? []
  return `#${parts.map((part) => Math.round(Number(part)).toString(16).padStart(2, '0')).join('')}`
}
