const perLine = 16

/** Bytes as `hexdump -C` writes them. */
export function hexLines(base64: string): string {
  const bytes = Array.from(atob(base64), (character) => character.charCodeAt(0))
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += perLine) {
    const some = bytes.slice(at, at + perLine)
    const hex = some.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const text = some.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'))
    lines.push(
      `${at.toString(16).padStart(8, '0')}  ${hex.padEnd(perLine * 3 - 1)}  ${text.join('')}`,
    )
  }
  return lines.join('\n')
}
