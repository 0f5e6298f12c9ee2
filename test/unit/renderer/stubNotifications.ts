import { vi } from 'vitest'

/** A browser that answers so; a person who is asked agrees. What it showed. */
export function stubNotifications(permission: string) {
  const shown: StubNotification[] = []
  class StubNotification extends EventTarget {
    static permission = permission
    static requestPermission = () => Promise.resolve('granted')
    constructor(
      readonly title: string,
      readonly options: object,
    ) {
      super()
      shown.push(this)
    }
    close = vi.fn()
  }
  vi.stubGlobal('Notification', StubNotification)
  return shown
}
