import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Container } from '../../preload/contract/containers'
import { openable } from '../ui/openable'
import type { Way } from './store'

export type DebugWay = Extract<Way, { kind: 'debug' }>

/** Which dialog of terminals is open, and about which container. */
export const useTerminalDialogs = defineStore('terminal-dialogs', () => {
  const { shown, open, openings, show } = openable<
    | { kind: 'custom'; container: Container }
    | { kind: 'debug'; container: Container; way?: DebugWay | undefined }
  >()
  const settingsOpen = ref(false)

  return {
    ...{ shown, open, openings, settingsOpen },
    /** Another user or command. */
    custom: (container: Container) => show({ kind: 'custom', container }),
    /** A shell beside it; `way` is what the fields begin with. */
    debug: (container: Container, way?: DebugWay) => show({ kind: 'debug', container, way }),
    settings: () => {
      settingsOpen.value = true
    },
  }
})
