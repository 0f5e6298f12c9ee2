import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { changeXterm } from '../../../build/strictXterm'

const installed = await readFile(
  createRequire(import.meta.url).resolve('@xterm/xterm/lib/xterm.mjs'),
  'utf8',
)

test('the xterm.js that is installed is changed to write no inline style', () => {
  const changed = changeXterm(installed, './cssomStyles.ts')
  expect(changed).not.toContain('createElement("style")')
  expect(changed).not.toContain('setAttribute("style"')
  expect(changed.match(/createStyle\(\)/g)).toHaveLength(3)
})

test('one that writes its styles in another place is refused, not shipped', () => {
  expect(() => changeXterm(`${installed};x.createElement("style")`, '')).toThrow('4 times, not 3')
  expect(() => changeXterm('', '')).toThrow('see strictXterm.ts')
})
