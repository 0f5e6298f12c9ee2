import { Menu } from 'electron'
import type { Settings } from '../../preload/contract/settings'
import { menuTemplate, type MenuActions } from './menuTemplate'
import type { ShellWords } from './words'

/** Sets the native menu; again whenever its words or its marks change. */
export function setMenu(words: ShellWords, theme: Settings['theme'], actions: MenuActions): void {
  const template = menuTemplate({ platform: process.platform, words, theme, actions })
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
