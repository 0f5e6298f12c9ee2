/** Whether keys that are pressed there write something: they are no shortcuts then. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select') !== null
}
