/** What is wrong with the texts of a page. */
export interface TextTroubles {
  /** Read by a person, and in no catalogue. */
  bare: string[]
  /** Ends at an edge, and nothing tells the rest. */
  cut: string[]
  /** Two that are printed over each other. */
  overlapping: string[]
}

/**
 * Runs in the page. A text from a catalogue of pseudo.ts stands in brackets; what is in none must be
 * data: in an element for machine text, or fitting `data`.
 *
 * @param data Sources of regular expressions.
 */
export function findTextTroubles(data: readonly string[]): TextTroubles {
  const machine =
    'code, pre, kbd, dd, .font-mono, .xterm, [role=tree], [role=log], option, canvas, script, style'
  const isData = new RegExp(`^(?:${data.join('|')})$`)
  const described = (element: Element) =>
    `${element.tagName.toLowerCase()}.${element.classList.value.slice(0, 60)}`

  interface Shown {
    text: string
    element: Element
    box: DOMRect
  }
  const shown: Shown[] = []
  const troubles: TextTroubles = { bare: [], cut: [], overlapping: [] }

  const isOpaque = (element: Element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent?.trim() ?? ''
    const element = walker.currentNode.parentElement
    if (!element || !/\p{L}/u.test(text) || !isOpaque(element)) continue
    if (element.closest('.sr-only')) continue
    const range = document.createRange()
    range.selectNodeContents(walker.currentNode)
    for (const box of range.getClientRects()) {
      const middle = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
      if (middle && (element.contains(middle) || middle.contains(element)))
        shown.push({ text, element, box })
    }
    if (!element.closest(machine) && !/[[\]]/.test(text) && !isData.test(text)) {
      troubles.bare.push(`${text} (${described(element)})`)
    }
  }

  /** What ancestors leave of a box, and whether one that cannot be scrolled took some of its width. */
  const clipped = (element: Element, box: DOMRect) => {
    let { left, right, top, bottom } = box
    let cut = false
    let scrolls = false
    for (let at: Element | null = element; at; at = at.parentElement) {
      const { overflowX, display } = getComputedStyle(at)
      if (overflowX === 'visible' || display === 'inline') continue
      const edge = at.getBoundingClientRect()
      scrolls ||= overflowX === 'auto' || overflowX === 'scroll'
      cut ||= !scrolls && (right > edge.right + 1 || left < edge.left - 1)
      left = Math.max(left, edge.left)
      right = Math.min(right, edge.right)
      top = Math.max(top, edge.top)
      bottom = Math.min(bottom, edge.bottom)
    }
    return { cut: cut || (!scrolls && right > innerWidth + 1), seen: { left, right, top, bottom } }
  }
  const seen = shown.map(({ text, element, box }) => {
    const { cut, seen: rest } = clipped(element, box)
    if (cut && text.includes('[') && !element.closest(`[title], ${machine}`)) {
      troubles.cut.push(`${text} (${described(element)})`)
    }
    return { text, element, box: rest }
  })

  for (const [index, one] of seen.entries()) {
    for (const other of seen.slice(index + 1)) {
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue
      const width =
        Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
      const height =
        Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
      const least = Math.min(...[one, other].map(({ box }) => box.bottom - box.top))
      if (width > 2 && height > 0.6 * least)
        troubles.overlapping.push(`${one.text} / ${other.text}`)
    }
  }
  return troubles
}
