import { createSharedComposable, useEventListener } from '@vueuse/core'
import { ref } from 'vue'

export type NotificationState = NotificationPermission | 'unsupported'

/** What browser mode shows on the desktop, as far as the browser lets it. */
export const useDesktopNotifications = createSharedComposable(() => {
  const supported = 'Notification' in window
  const state = ref<NotificationState>(supported ? Notification.permission : 'unsupported')

  /** The person may change it in the browser's settings, and comes back to this page then. */
  useEventListener(window, 'focus', () => {
    if (supported) state.value = Notification.permission
  })

  /** Asks the person; only a click may lead here. */
  async function allow(): Promise<void> {
    if (supported) state.value = await Notification.requestPermission()
  }

  /**
   * False where it may not be shown.
   *
   * @param tag Of several pages that show the same, one shows up.
   */
  function show(tag: string, title: string, body: string, onClick: () => void): boolean {
    if (state.value !== 'granted') return false
    const notification = new Notification(title, { body, tag })
    notification.addEventListener('click', () => {
      window.focus()
      onClick()
      notification.close()
    })
    return true
  }

  return { state, allow, show }
})
