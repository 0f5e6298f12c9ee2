import type { Terminal } from '@xterm/xterm'

/**
 * Keeps a terminal from answering what a program asks it (what it is, where the cursor stands, which colours
 * it has): main answers, once for all who look on. Otherwise each viewer would, and the program would take
 * the second answer for typing.
 */
export function keepQuiet({ parser }: Pick<Terminal, 'parser'>): void {
  const swallow = () => true
  // Device attributes, device status, modes: CSI c, CSI n, CSI $ p, with their prefixes.
  for (const prefix of ['', '>', '=']) parser.registerCsiHandler({ prefix, final: 'c' }, swallow)
  for (const prefix of ['', '?']) {
    parser.registerCsiHandler({ prefix, final: 'n' }, swallow)
    parser.registerCsiHandler({ prefix, intermediates: '$', final: 'p' }, swallow)
  }
  // Settings: DCS $ q.
  parser.registerDcsHandler({ intermediates: '$', final: 'q' }, swallow)
  // Colours are set by the same sequences that ask for them.
  for (const colour of [4, 10, 11, 12]) {
    parser.registerOscHandler(colour, (data) => data.split(';').includes('?'))
  }
}
