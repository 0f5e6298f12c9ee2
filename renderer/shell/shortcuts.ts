import { shortcuts as terminal } from '../terminals/shortcuts'
import type { Key, useWords } from '../words'
import { isApple } from './usePageKeys'

type Words = ReturnType<typeof useWords>['t']

export interface Shortcut {
  /** What it does. */
  words: Key
  /**
   * Alternatives, each of key names joined by +. `Mod` is Cmd on a Mac and Ctrl elsewhere. A terminal's are
   * written as the system writes them already.
   */
  keys: readonly string[]
}

interface ShortcutGroup {
  /** Where they hold. */
  place: Key
  /** Of the native menu: a browser has its own meaning for these. */
  desktopOnly?: true
  shortcuts: readonly Shortcut[]
}

const shortcut = (words: Key, ...keys: readonly string[]): Shortcut => ({ words, keys })

/** Every shortcut there is: what the sheet shows. */
export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    place: 'shell.shortcuts.groups.everywhere',
    shortcuts: [
      shortcut('shell.shortcuts.everywhere.palette', 'Mod+K'),
      shortcut('shell.shortcuts.everywhere.pages', 'Mod+1 … 9'),
      shortcut('shell.shortcuts.everywhere.engines', 'Mod+Alt+1 … 9'),
      shortcut('shell.shortcuts.everywhere.allEngines', 'Mod+Alt+0'),
      shortcut('shell.shortcuts.everywhere.search', '/', 'Mod+F'),
      shortcut('shell.shortcuts.everywhere.sheet', '?'),
      shortcut('shell.shortcuts.everywhere.close', 'Escape'),
      shortcut('shell.shortcuts.everywhere.tabs', 'Left', 'Right'),
    ],
  },
  {
    place: 'shell.shortcuts.groups.desktop',
    desktopOnly: true,
    shortcuts: [
      shortcut('shell.shortcuts.desktop.create', 'Mod+N'),
      shortcut('shell.shortcuts.desktop.pull', 'Mod+Shift+P'),
      shortcut('shell.shortcuts.desktop.load', 'Mod+O'),
    ],
  },
  {
    place: 'shell.shortcuts.groups.lists',
    shortcuts: [
      shortcut('shell.shortcuts.lists.move', 'Up', 'Down', 'PageUp', 'PageDown', 'Home', 'End'),
      shortcut('shell.shortcuts.lists.open', 'Enter'),
      shortcut('shell.shortcuts.lists.choose', 'Space'),
      shortcut('shell.shortcuts.lists.chooseMore', 'Shift+Up', 'Shift+Down'),
      shortcut('shell.shortcuts.lists.chooseAll', 'Mod+A'),
      shortcut('shell.shortcuts.lists.chooseNone', 'Escape'),
      shortcut('shell.shortcuts.lists.menu', 'Shift+F10', 'Menu'),
      shortcut('shell.shortcuts.lists.remove', 'Delete'),
      shortcut('shell.shortcuts.lists.fold', 'Left', 'Right'),
    ],
  },
  {
    place: 'shell.shortcuts.groups.charts',
    shortcuts: [
      shortcut('shell.shortcuts.charts.pan', 'Left', 'Right'),
      shortcut('shell.shortcuts.charts.crosshair', 'Shift+Left', 'Shift+Right'),
      shortcut('shell.shortcuts.charts.zoom', 'Plus', '-'),
      shortcut('shell.shortcuts.charts.live', 'Home', 'Escape'),
    ],
  },
  {
    place: 'shell.shortcuts.groups.logs',
    shortcuts: [
      shortcut('shell.shortcuts.logs.scroll', 'Up', 'Down', 'PageUp', 'PageDown'),
      shortcut('shell.shortcuts.logs.ends', 'Home', 'End'),
      shortcut('shell.shortcuts.logs.line', 'J', 'K'),
      shortcut('shell.shortcuts.logs.unfold', 'Enter', 'Space'),
      shortcut('shell.shortcuts.logs.next', 'F3'),
      shortcut('shell.shortcuts.logs.previous', 'Shift+F3'),
    ],
  },
  {
    place: 'shell.shortcuts.groups.terminal',
    shortcuts: [
      shortcut('shell.shortcuts.terminal.copy', terminal.copy),
      shortcut('shell.shortcuts.terminal.paste', terminal.paste),
      shortcut('shell.shortcuts.terminal.find', terminal.search),
      shortcut('shell.shortcuts.terminal.leave', terminal.leave),
      shortcut('shell.shortcuts.terminal.palette', terminal.palette),
    ],
  },
  {
    place: 'shell.shortcuts.groups.files',
    shortcuts: [
      shortcut('shell.shortcuts.files.up', 'Backspace'),
      shortcut('shell.shortcuts.files.rename', 'F2'),
      shortcut('shell.shortcuts.files.remove', 'Delete'),
      shortcut('shell.shortcuts.files.reload', 'F5'),
      shortcut('shell.shortcuts.files.save', 'Mod+S'),
    ],
  },
  {
    place: 'shell.shortcuts.groups.jobs',
    shortcuts: [
      shortcut('shell.shortcuts.jobs.move', 'Up', 'Down', 'Home', 'End'),
      shortcut('shell.shortcuts.jobs.open', 'Enter'),
      shortcut('shell.shortcuts.jobs.dismiss', 'Delete'),
    ],
  },
]

const appleSigns: Readonly<Record<string, string>> = {
  ...{ Mod: '⌘', Alt: '⌥', Shift: '⇧', Plus: '+', Escape: 'esc', Enter: '↩', Delete: '⌦' },
  ...{ Backspace: '⌫', PageUp: '⇞', PageDown: '⇟', Home: '↖', End: '↘' },
}
const arrows: Readonly<Record<string, string>> = { Up: '↑', Down: '↓', Left: '←', Right: '→' }

/** How this system and the language shown write a combination of `shortcutGroups`. */
export function keyText(combination: string, t: Words): string {
  const keys = combination.split('+').map((key) => nameOf(key, t))
  return keys.join(isApple ? '' : '+')
}

function nameOf(key: string, t: Words): string {
  const sign = arrows[key] ?? (isApple ? appleSigns[key] : undefined)
  if (sign !== undefined) return sign
  switch (key) {
    case 'Mod':
    case 'Ctrl':
      return t('shell.shortcuts.keys.control')
    case 'Shift':
      return t('shell.shortcuts.keys.shift')
    case 'Escape':
      return t('shell.shortcuts.keys.escape')
    case 'Space':
      return t('shell.shortcuts.keys.space')
    case 'Enter':
      return t('shell.shortcuts.keys.enter')
    case 'Delete':
      return t('shell.shortcuts.keys.delete')
    case 'Backspace':
      return t('shell.shortcuts.keys.backspace')
    case 'PageUp':
      return t('shell.shortcuts.keys.pageUp')
    case 'PageDown':
      return t('shell.shortcuts.keys.pageDown')
    case 'Home':
      return t('shell.shortcuts.keys.home')
    case 'End':
      return t('shell.shortcuts.keys.end')
    case 'Menu':
      return t('shell.shortcuts.keys.menu')
    case 'Plus':
      return '+'
    default:
      return key
  }
}
