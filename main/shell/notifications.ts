import { BrowserWindow, Notification } from 'electron'
import type { Notify } from '../platform'

/** How many notifications are listened to: a desktop may keep one for ever without a word about it. */
const MOST_KEPT = 50

/**
 * Shows notifications by the system's own means; null where it has none. A click brings our window
 * before the person with `showUp`. To be called when Electron is ready.
 */
export function createNotify(showUp: () => void): Notify | null {
  if (!Notification.isSupported()) return null
  // One that is collected as garbage is never clicked.
  const kept = new Set<Notification>()
  return ({ title, body, onClick, unlessFocused }) => {
    if (unlessFocused && BrowserWindow.getFocusedWindow()) return
    const notification = new Notification({ title, body })
    const forget = () => kept.delete(notification)
    notification.once('click', () => {
      forget()
      showUp()
      onClick()
    })
    notification.once('close', forget)
    notification.once('failed', forget)
    kept.add(notification)
    for (const oldest of kept) {
      if (kept.size <= MOST_KEPT) break
      oldest.removeAllListeners()
      kept.delete(oldest)
    }
    notification.show()
  }
}
