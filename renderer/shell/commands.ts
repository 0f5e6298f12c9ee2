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

interface Offer {
  source: Source
  last: boolean
}

export const useCommandStore = defineStore('commands', () => {
  const offers = shallowRef<readonly Offer[]>([])
  /** Asked of the sources only while someone looks. */
  const commands = computed(() => {
    const [first, last] = [false, true].map((each) =>
      offers.value.filter((offer) => offer.last === each),
    )
    return [...(first ?? []), ...(last ?? [])].flatMap(({ source }) => toValue(source))
  })

  function add(source: Source, last = false): () => void {
    const offer = { source, last }
    offers.value = [...offers.value, offer]
    return () => {
      offers.value = offers.value.filter((other) => other !== offer)
    }
  }

  return { commands, add }
})

/**
 * Offers commands in the palette while the current scope lives.
 *
 * @param last Whether they stand after the others': many objects after what can be done here.
 */
export function useCommands(source: Source, { last = false } = {}) {
  onScopeDispose(useCommandStore().add(source, last))
}
