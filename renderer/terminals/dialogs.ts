import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Container } from '../../preload/contract/containers'
import { openable } from '../ui/openable'

/** Which dialog of terminals is open, and about which container. */
export const useTerminalDialogs = defineStore('terminal-dialogs', () => {
  const { shown, open, openings, show } = openable<{
    kind: 'custom' | 'debug'
    container: Container
  }>()
  const settingsOpen = ref(false)

  return {
    ...{ shown, open, openings, settingsOpen },
    /** Another user or command. */
    custom: (container: Container) => show({ kind: 'custom', container }),
    debug: (container: Container) => show({ kind: 'debug', container }),
    settings: () => {
      settingsOpen.value = true
    },
  }
})
