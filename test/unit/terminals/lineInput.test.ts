import { expect, test } from 'vitest'
import { createLineInput } from '../../../main/terminals/lineInput'

/** What typing came to, in order. */
function typed(...texts: string[]): string[] {
  const happened: string[] = []
  let echoed = ''
  const note = (what: string) => {
    if (echoed !== '') happened.push(`echo ${JSON.stringify(echoed)}`)
    echoed = ''
    happened.push(what)
  }
  const type = createLineInput({
    send: (text) => note(`send ${JSON.stringify(text)}`),
    echo: (text) => (echoed += text),
    interrupt: () => note('interrupt'),
    end: () => note('end'),
  })
  for (const text of texts) type(text)
  note('')
  return happened.filter((what) => what !== '')
}

test('a line is shown while it is typed, and sent by Enter', () => {
  expect(typed('h', 'é', '🐳', '\r')).toEqual(['echo "hé🐳"', 'send "hé🐳\\n"', 'echo "\\r\\n"'])
})

test('Backspace takes one character back, and nothing from an empty line; Ctrl-U all', () => {
  expect(typed('a🐳\u007f\u007f\u007fb\r')).toEqual([
    String.raw`echo "a🐳\b \b\b \bb"`,
    String.raw`send "b\n"`,
    String.raw`echo "\r\n"`,
  ])
  expect(typed('abc\u0015d\r')[1]).toBe(String.raw`send "d\n"`)
})

test('Ctrl-C interrupts and forgets the line', () => {
  expect(typed('abc\u0003d\r')).toEqual([
    String.raw`echo "abc^C\r\n"`,
    'interrupt',
    'echo "d"',
    String.raw`send "d\n"`,
    String.raw`echo "\r\n"`,
  ])
})

test('Ctrl-D sends what there is, and on an empty line ends the input', () => {
  expect(typed('abc\u0004\u0004')).toEqual([
    'echo "abc"',
    'send "abc"',
    String.raw`echo "^D\r\n"`,
    'end',
  ])
})

test('arrows and other keys mean nothing in a line, and a line has an end', () => {
  expect(typed('a\u001b[D\u001bOA\u001b[1;5Cb\u0007\r')[0]).toBe('echo "ab"')
  expect(typed('x'.repeat(5_000), '\r')).toContain(
    `send ${JSON.stringify(`${'x'.repeat(4_096)}\n`)}`,
  )
})
