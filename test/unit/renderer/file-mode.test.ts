import { expect, test } from 'vitest'
import { modeText } from '../../../renderer/fileMode'

test('the mode of a file is written as ls writes it', () => {
  expect(modeText({ kind: 'folder', mode: 0o1777 })).toBe('drwxrwxrwt')
  expect(modeText({ kind: 'file', mode: 0o4755 })).toBe('-rwsr-xr-x')
  expect(modeText({ kind: 'file', mode: 0o4644 })).toBe('-rwSr--r--')
  expect(modeText({ kind: 'pipe', mode: 0o2640 })).toBe('prw-r-S---')
  expect(modeText({ kind: 'socket', mode: 0o755 })).toBe('srwxr-xr-x')
})
