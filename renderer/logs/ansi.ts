import Anser from 'anser'
import { colouredText } from '../../preload/contract/logText'

/** A piece of a line in one style. The text is shown as text, never as markup. */
export interface Segment {
  text: string
  style: SegmentStyle
}

export interface SegmentStyle {
  color?: string
  backgroundColor?: string
  fontWeight?: string
  fontStyle?: string
  textDecoration?: string
  opacity?: string
}

/** The line as pieces of one style each. */
export function segments(line: string): Segment[] {
  return Anser.ansiToJson(colouredText(line), {
    json: true,
    remove_empty: true,
    use_classes: true,
  }).map((piece) => ({
    text: piece.content.replace(/\x1b/g, ''),
    style: styleOf(piece),
  }))
}

type Piece = ReturnType<typeof Anser.ansiToJson>[number]

function styleOf({ fg, bg, fg_truecolor, bg_truecolor, decorations }: Piece): SegmentStyle {
  const backgroundColor = colourOf(bg, bg_truecolor, 'terminal')
  // On a background of its own, the text has the terminal's colour too: the pair was chosen together.
  const color =
    colourOf(fg, fg_truecolor, backgroundColor ? 'terminal' : 'theme') ??
    (backgroundColor && terminal['ansi-bright-white'])
  return {
    ...(color && { color }),
    ...(backgroundColor && { backgroundColor }),
    ...(decorations.includes('bold') && { fontWeight: '600' }),
    ...(decorations.includes('italic') && { fontStyle: 'italic' }),
    ...(decorations.includes('dim') && { opacity: '0.65' }),
    ...(decorations.includes('underline') && { textDecoration: 'underline' }),
    ...(decorations.includes('strikethrough') && { textDecoration: 'line-through' }),
  }
}

/** The sixteen named colours as dark terminals have them (VS Code's values). */
const terminal: Readonly<Record<string, string>> = {
  'ansi-black': '#000000',
  'ansi-red': '#cd3131',
  'ansi-green': '#0dbc79',
  'ansi-yellow': '#e5e510',
  'ansi-blue': '#2472c8',
  'ansi-magenta': '#bc3fbc',
  'ansi-cyan': '#11a8cd',
  'ansi-white': '#e5e5e5',
  'ansi-bright-black': '#666666',
  'ansi-bright-red': '#f14c4c',
  'ansi-bright-green': '#23d18b',
  'ansi-bright-yellow': '#f5f543',
  'ansi-bright-blue': '#3b8eea',
  'ansi-bright-magenta': '#d670d6',
  'ansi-bright-cyan': '#29b8db',
  'ansi-bright-white': '#ffffff',
}

/**
 * @param name Anser's: `ansi-red`, `ansi-bright-red`, `ansi-palette-123`, `ansi-truecolor`.
 * @param named Where the sixteen named colours come from: those of the theme can be read on its surface.
 */
function colourOf(
  name: string | null,
  truecolor: string | null,
  named: 'theme' | 'terminal',
): string | undefined {
  if (!name) return undefined
  if (name === 'ansi-truecolor') return truecolor ? `rgb(${truecolor})` : undefined
  const palette = /^ansi-palette-(\d+)$/.exec(name)?.[1]
  if (palette !== undefined) return paletteColour(Number(palette))
  return named === 'theme' ? `var(--${name})` : terminal[name]
}

/** Of the 256 colours: a cube of 6 x 6 x 6 from 16 on, then 24 greys from 232 on (xterm's values). */
function paletteColour(index: number): string {
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10
    return `rgb(${grey}, ${grey}, ${grey})`
  }
  const level = (value: number) => (value === 0 ? 0 : 55 + value * 40)
  const cube = index - 16
  const channels = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(level)
  return `rgb(${channels.join(', ')})`
}
