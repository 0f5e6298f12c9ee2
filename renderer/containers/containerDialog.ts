import { shallowRef } from 'vue'
import type { Container } from '../../preload/contract/containers'

/** Which container a dialog is about, for its store; null: it is closed. */
export function containerDialog() {
  const container = shallowRef<Container | null>(null)
  return {
    container,
    open(chosen: Container) {
      container.value = chosen
    },
    close() {
      container.value = null
    },
  }
}
