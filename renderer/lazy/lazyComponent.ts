import { defineComponent, h, shallowRef, type Component } from 'vue'
import { pause } from '../backoff'
import { whyNotLoaded, type LoadFailure } from './failure'
import PartLoading from './PartLoading.vue'
import { declarePart, type Part } from './part'

/** So long a page that is left stays, rather than a spinner flashes up. */
const patienceMillis = 400

/** Where a component stands, which is where its spinner does: as a page, in its place, or above all as a dialog. */
export type Place = 'page' | 'inline' | 'dialog'

/** What `v-model:open` gives to a dialog. */
interface OpenModel {
  open?: boolean
  'onUpdate:open'?: (open: boolean) => void
}

type Load = () => Promise<{ default: unknown }>

/**
 * A component that is loaded when it is first rendered, or ahead of that. Meanwhile a spinner stands in its
 * place and, when it cannot be loaded, what to do. It takes what the component takes, but a template ref to it.
 *
 * Declare it in a module (`parts.ts` of a feature), not in `<script setup>`, which runs for each instance:
 *
 *     export const LimitsDialog = lazyComponent(() => import('./limits/LimitsDialog.vue'), 'dialog')
 *
 * A dialog's host must render it only while the dialog is open: else it is loaded at once.
 */
export function lazyComponent<Loaded>(
  load: () => Promise<{ default: Loaded }>,
  place: Place = 'inline',
): Loaded {
  // It hands on what it is given, so it is used as what it stands for.
  return standIn(declare(load), place) as Loaded
}

/**
 * A page for the router, which keeps the old page until the new one is there. Where that takes longer, the new
 * page begins with a spinner.
 */
export function lazyPage(load: Load): () => Promise<Component> {
  const part = declare(load)
  const page = standIn(part, 'page')
  return async () => {
    const late = pause(patienceMillis)
    await Promise.race([part.load().catch(() => late), late])
    return part.loaded.value ?? page
  }
}

function declare(load: Load): Part<Component> {
  // The linter knows the type of a .vue file only sometimes; vue-tsc always does.
  return declarePart(async () => (await load()).default as Component)
}

function standIn(part: Part<Component>, place: Place): Component {
  return defineComponent({
    name: 'LazyComponent',
    inheritAttrs: false,
    setup(_, { attrs, slots }) {
      const failure = shallowRef<LoadFailure | null>(null)

      async function load(): Promise<void> {
        failure.value = null
        try {
          await part.load()
        } catch {
          failure.value = await whyNotLoaded()
        }
      }

      if (!part.loaded.value) void load()
      return () => {
        if (part.loaded.value) return h(part.loaded.value, attrs, slots)
        const { open, 'onUpdate:open': update } = attrs as OpenModel
        if (open === false) return null
        const close = update && (() => update(false))
        return h(PartLoading, { place, failure: failure.value, close, onRetry: load })
      }
    },
  })
}
