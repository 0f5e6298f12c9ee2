/**
 * What a terminal would be left with of a line of a log: main searches it, the page shows it, and the
 * places of matches count in it.
 */

/* Terminal sequences other than colours: they move cursors, set titles, make links. */
const commands =
  /\x1b(?:\][^\x07\x1b]*(?:\x07|\x1b\\)?|\[[0-9;:?<=>]*[ -/]*[@-ln-~]|[PX^_][^\x1b]*(?:\x1b\\)?|[ -/]*[0-Z\\^-~])/g
const colours = /\x1b\[[0-9;:]*m/g
const controls = /[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f]/g
const anyControl = /[\x00-\x08\x0b-\x1f\x7f]/

/** Text and colour sequences, after the last carriage return. */
export function colouredText(line: string): string {
  // Most lines have nothing of it, and a log has millions.
  if (!anyControl.test(line)) return line
  const text = line.replace(/\r+$/, '')
  return text
    .slice(text.lastIndexOf('\r') + 1)
    .replace(commands, '')
    .replace(controls, '')
}

/** The line without any escapes, for searching, marking and copying. */
export function plainText(line: string): string {
  if (!anyControl.test(line)) return line
  return colouredText(line).replace(colours, '').replace(/\x1b/g, '')
}
