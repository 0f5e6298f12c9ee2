import { isDeepStrictEqual } from 'node:util'
import { Menu, nativeTheme, Tray, type MenuItemConstructorOptions } from 'electron'
import { trayIcon } from './icon'
import type { TrayAction, TrayItem, TrayModel } from './model'

export interface TrayHandle {
  /** Shows this; where nothing has changed, an open menu stays as it is. */
  update(model: TrayModel): void
  destroy(): void
}

/**
 * Puts Longshore into the tray. A click opens the menu on macOS and Linux, and the window on Windows,
 * as each system's trays do. To be called when Electron is ready.
 */
export function createTray(first: TrayModel, act: (action: TrayAction) => void): TrayHandle {
  let shown = first
  const icon = () => trayIcon(shown.icon, nativeTheme.shouldUseDarkColors)
  const tray = new Tray(icon())
  const draw = () => tray.setImage(icon())
  nativeTheme.on('updated', draw)
  tray.on('click', () => {
    if (process.platform === 'win32') act({ kind: 'show' })
  })

  function fill(): void {
    tray.setToolTip(shown.toolTip)
    tray.setContextMenu(Menu.buildFromTemplate(shown.items.map((item) => toTemplate(item, act))))
  }
  fill()

  return {
    update(model) {
      const before = shown
      shown = model
      if (before.icon !== model.icon) draw()
      const sameMenu = isDeepStrictEqual(before.items, model.items)
      if (!sameMenu || before.toolTip !== model.toolTip) fill()
    },
    destroy() {
      nativeTheme.off('updated', draw)
      tray.destroy()
    },
  }
}

function toTemplate(item: TrayItem, act: (action: TrayAction) => void): MenuItemConstructorOptions {
  switch (item.kind) {
    case 'separator':
      return { type: 'separator' }
    case 'heading':
      return { label: asLabel(item.label), enabled: false }
    case 'submenu':
      return {
        label: asLabel(item.label),
        submenu: item.items.map((each) => toTemplate(each, act)),
      }
    case 'action':
      return { label: asLabel(item.label), click: () => act(item.action) }
  }
}

/** "&" before a letter would underline it, and a name of an engine may hold one. */
const asLabel = (text: string) => text.replaceAll('&', '&&')
