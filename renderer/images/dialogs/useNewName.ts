import { computed } from 'vue'
import type { Image } from '../../../preload/contract/images'
import { useImages } from '../store'
import { useReferenceField } from '../useReferenceField'

/** A name that an image is to get, and what speaks against it. */
export function useNewName(image: Image) {
  const images = useImages()
  const { text, reference, fullName, error } = useReferenceField(image.references[0] ?? '')

  const familiar = computed(() => reference.value?.familiar ?? '')
  const alreadyHere = computed(() => image.references.includes(familiar.value))
  const digestGiven = computed(() => reference.value?.digest !== undefined)
  /** The image that has this name now and would lose it. */
  const holder = computed(() =>
    [...images.items.values()].find(
      (other) => other.id !== image.id && other.references.includes(familiar.value),
    ),
  )
  const usable = computed(
    () => reference.value !== null && !alreadyHere.value && !digestGiven.value,
  )

  return { text, fullName, error, familiar, alreadyHere, digestGiven, holder, usable }
}
