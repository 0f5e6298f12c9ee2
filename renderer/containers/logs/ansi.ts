import Anser from 'anser'

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

/* Terminal sequences other than colours: they move cursors, set titles, make links. */
const commands =
  /\x1b(?:\][^\x07\x1b]*(?:\x07|\x1b\\)?|\[[0-9;:?<=>]*[ -/]*[@-ln-~]|[PX^_][^\x1b]*(?:\x1b\\)?|[ -/]*[0-Z\\^-~])/g
const colours = /\x1b\[[0-9;:]*m/g
const controls = /[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f]/g

/** What a terminal would be left with: text and colours, after the last carriage return. */
function visible(line: string): string {
  const text = line.replace(/\r+$/, '')
  return text
    .slice(text.lastIndexOf('\r') + 1)
    .replace(commands, '')
    .replace(controls, '')
}

/** The line without any escapes, for searching and copying. */
export function plainText(line: string): string {
  return visible(line).replace(colours, '').replace(/\x1b/g, '')
}

/** The line as pieces of one style each. */
export function segments(line: string): Segment[] {
  return Anser.ansiToJson(visible(line), { json: true, remove_empty: true, use_classes: true }).map(
    (piece) => ({
      text: piece.content.replace(/\x1b/g, ''),
      style: styleOf(piece),
    }),
  )
}

type Piece = ReturnType<typeof Anser.ansiToJson>[number]

function styleOf({ fg, bg, fg_truecolor, bg_truecolor, decorations }: Piece): SegmentStyle {
  const front = colourOf(fg, fg_truecolor)
  const back = colourOf(bg, bg_truecolor)
  const reverse = decorations.includes('reverse')
  const color = reverse ? (back ?? 'var(--surface)') : front
  const backgroundColor = reverse ? (front ?? 'var(--text)') : back
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

/** Anser's class names: `ansi-red`, `ansi-bright-red`, `ansi-palette-123`, `ansi-truecolor`. */
function colourOf(name: string | null, truecolor: string | null): string | undefined {
  if (!name) return undefined
  if (name === 'ansi-truecolor') return truecolor ? `rgb(${truecolor})` : undefined
  const palette = /^ansi-palette-(\d+)$/.exec(name)?.[1]
  // The sixteen named colours are the theme's own, so that they can be read on it.
  return palette === undefined ? `var(--${name})` : paletteColour(Number(palette))
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
