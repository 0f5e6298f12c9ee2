import { nextTick, ref, watch, type Ref } from 'vue'

/** The distance from the end, in pixels, that still counts as being there. */
const slack = 24

/**
 * Keeps a scrolled view at its end while new content comes, until the person scrolls up; scrolling
 * back to the end follows again.
 *
 * @param height The height of the content, which changes with it.
 */
export function useFollow(view: Readonly<Ref<HTMLElement | null>>, height: Readonly<Ref<number>>) {
  const following = ref(true)
  let lastTop = 0

  function toEnd() {
    const element = view.value
    if (!element) return
    element.scrollTop = element.scrollHeight
    lastTop = element.scrollTop
  }

  function onScroll() {
    const element = view.value
    if (!element) return
    const { scrollTop, scrollHeight, clientHeight } = element
    // Content that grows moves the end away without any scrolling: only going up is a wish to stay.
    if (scrollHeight - scrollTop - clientHeight < slack) following.value = true
    else if (scrollTop < lastTop) following.value = false
    lastTop = scrollTop
  }

  function follow() {
    following.value = true
    toEnd()
  }

  watch(
    height,
    async () => {
      await nextTick()
      if (following.value) toEnd()
    },
    { flush: 'post' },
  )

  return { following, onScroll, follow }
}
