import { describe, expect, it } from 'vitest'
import { keyText, shortcutGroups } from '../../../renderer/shell/shortcuts'
import { pageShortcut } from '../../../renderer/shell/usePageKeys'
import { pages } from '../../../renderer/shell/pages'
import { words } from '../../../renderer/words'

const t = words.global.t

describe('the sheet of shortcuts', () => {
  it('gives a key one meaning in each place', () => {
    for (const { place, shortcuts } of shortcutGroups) {
      const keys = shortcuts.flatMap((shortcut) => shortcut.keys)
      expect(keys, place).toEqual([...new Set(keys)])
    }
  })

  it('writes keys by their names, and arrows by their signs', () => {
    expect(keyText('Mod+K', t)).toBe('Ctrl+K')
    expect(keyText('Shift+Left', t)).toBe('Shift+←')
    expect(keyText('Plus', t)).toBe('+')
    expect(keyText('/', t)).toBe('/')
  })

  it('tells of no shortcut that a page does not have', () => {
    const shortcuts = pages.map((_, index) => pageShortcut(index))
    expect(shortcuts.slice(0, 9)).toEqual(
      Array.from({ length: 9 }, (_, index) => `Ctrl+${String(index + 1)}`),
    )
    expect(shortcuts.slice(9).every((shortcut) => shortcut === undefined)).toBe(true)
  })
})
