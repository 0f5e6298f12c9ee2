import { computed, ref } from 'vue'
import {
  formatReference,
  parseReference,
  withDefaultTag,
  type Reference,
} from '../../preload/contract/reference'

/** A field for an image's name: what was typed, what it stands for in full, and what is wrong with it. */
export function useReferenceField(initial = '') {
  const text = ref(initial)
  const parsed = computed(() => parseReference(text.value.trim()))
  const reference = computed<Reference | null>(() =>
    parsed.value.ok ? withDefaultTag(parsed.value.reference) : null,
  )
  /** The name in full: registry, repository, and tag or digest. */
  const fullName = computed(() =>
    reference.value === null ? null : formatReference(reference.value),
  )
  /** An empty field is not wrong yet. */
  const error = computed(() =>
    parsed.value.ok || text.value.trim() === '' ? undefined : parsed.value.message,
  )

  return { text, reference, fullName, error }
}
