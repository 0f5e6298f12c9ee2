import type { MenuItemConstructorOptions } from 'electron'
import type { Settings } from '../../preload/contract/settings'
import { pageIds, type MenuCommand } from '../../preload/contract/shellMessage'
import type { ShellWords } from './words'
import type { ZoomStep } from './zoom'

/** What a choice in the menu does. */
export interface MenuActions {
  command: (id: MenuCommand) => void
  zoom: (step: ZoomStep) => void
  openLogFolder: () => void
}

interface MenuOptions {
  platform: NodeJS.Platform
  words: ShellWords
  theme: Settings['theme']
  actions: MenuActions
}

const separator: MenuItemConstructorOptions = { type: 'separator' }

/** The native menu, as each system's programs have it. */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const { platform, words, theme, actions } = options
  const { menu } = words
  const isMac = platform === 'darwin'
  const item = (label: string, id: MenuCommand, accelerator?: string) => ({
    label,
    click: () => actions.command(id),
    ...(accelerator !== undefined && { accelerator }),
  })
  /** The page itself acts on this key: elsewhere than on macOS the menu only shows it. */
  const pageKey = (label: string, id: MenuCommand, accelerator: string) => ({
    ...item(label, id, accelerator),
    registerAccelerator: isMac,
  })
  const settings = pageKey(menu.settings, 'page-settings', isMac ? 'Cmd+,' : 'Ctrl+,')
  // No page key: Ctrl+, is the menu's alone, for there is no tenth digit.
  const settingsItem = { ...settings, registerAccelerator: true }

  const appMenu: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      { role: 'about', label: menu.about },
      separator,
      settingsItem,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit', label: menu.quit },
    ],
  }
  const file: MenuItemConstructorOptions = {
    label: menu.file,
    submenu: [
      item(menu.create, 'containers-create', 'CmdOrCtrl+N'),
      item(menu.pull, 'images-pull', 'CmdOrCtrl+Shift+P'),
      item(menu.load, 'images-open', 'CmdOrCtrl+O'),
      separator,
      ...(isMac ? [] : [settingsItem, separator]),
      { role: 'close', label: menu.closeWindow },
      ...(isMac ? [] : [{ role: 'quit' as const, label: menu.quit, accelerator: 'Ctrl+Q' }]),
    ],
  }
  const edit: MenuItemConstructorOptions = {
    label: menu.edit,
    submenu: [
      { role: 'undo', label: menu.undo },
      { role: 'redo', label: menu.redo },
      separator,
      { role: 'cut', label: menu.cut },
      { role: 'copy', label: menu.copy },
      { role: 'paste', label: menu.paste },
      { role: 'selectAll', label: menu.selectAll },
      separator,
      pageKey(menu.find, 'find', 'CmdOrCtrl+F'),
    ],
  }
  const go: MenuItemConstructorOptions = {
    label: menu.go,
    submenu: [
      pageKey(menu.palette, 'palette', 'CmdOrCtrl+K'),
      separator,
      ...pageIds.map((id, index) =>
        index < 9
          ? pageKey(menu.pages[id], `page-${id}`, `CmdOrCtrl+${index + 1}`)
          : item(menu.pages[id], `page-${id}`),
      ),
    ],
  }
  const view: MenuItemConstructorOptions = {
    label: menu.view,
    submenu: [
      { label: menu.zoomReset, accelerator: 'CmdOrCtrl+0', click: () => actions.zoom('reset') },
      { label: menu.zoomIn, accelerator: 'CmdOrCtrl+Plus', click: () => actions.zoom('in') },
      // The same key without Shift, where "+" is above "=".
      {
        ...{ label: menu.zoomIn, accelerator: 'CmdOrCtrl+=', click: () => actions.zoom('in') },
        ...{ visible: false, acceleratorWorksWhenHidden: true },
      },
      { label: menu.zoomOut, accelerator: 'CmdOrCtrl+-', click: () => actions.zoom('out') },
      separator,
      {
        label: menu.theme,
        submenu: (['system', 'light', 'dark'] as const).map((each) => ({
          ...item(menu.themes[each], `theme-${each}`),
          type: 'radio' as const,
          checked: each === theme,
        })),
      },
      separator,
      { role: 'togglefullscreen', label: menu.fullScreen },
      { role: 'toggleDevTools', label: menu.developerTools },
    ],
  }
  const help: MenuItemConstructorOptions = {
    role: 'help',
    label: menu.help,
    submenu: [
      item(menu.guide, 'guide', 'F1'),
      item(menu.shortcuts, 'shortcuts'),
      separator,
      item(menu.copyDiagnostics, 'diagnostics-copy'),
      { label: menu.openLogFolder, click: actions.openLogFolder },
      ...(isMac ? [] : [separator, { role: 'about' as const, label: menu.about }]),
    ],
  }
  const windowMenu: MenuItemConstructorOptions = { role: 'windowMenu', label: menu.window }
  return [...(isMac ? [appMenu] : []), file, edit, view, go, windowMenu, help]
}
