import { defineStore } from 'pinia'
import {
  computed,
  onScopeDispose,
  shallowRef,
  toValue,
  type Component,
  type MaybeRefOrGetter,
} from 'vue'

/** Something the person can ask for by name in the command palette. */
export interface Command {
  id: string
  label: string
  icon?: Component
  /** Quieter words after the label: where it leads, or what it acts on. */
  detail?: string
  /** As it is shown: `Ctrl+1`. */
  shortcut?: string
  run: () => unknown
}

type Source = MaybeRefOrGetter<readonly Command[]>

export const useCommandStore = defineStore('commands', () => {
  const sources = shallowRef<readonly Source[]>([])
  /** Asked of the sources only while someone looks. */
  const commands = computed(() => sources.value.flatMap((source) => toValue(source)))

  function add(source: Source): () => void {
    sources.value = [...sources.value, source]
    return () => {
      sources.value = sources.value.filter((other) => other !== source)
    }
  }

  return { commands, add }
})

/** Offers commands in the palette while the current scope lives. */
export function useCommands(source: Source) {
  onScopeDispose(useCommandStore().add(source))
}
