/**
 * What is selected of the rows of a log, as lines of text. The browser's own copy would put each part of
 * a row on a line of its own. Parts to be copied carry `data-copied`: a word of the row, or a `line`.
 */
export function selectedText(view: Element, selection: Selection): string {
  if (selection.rangeCount === 0) return ''
  const range = selection.getRangeAt(0)
  return [...view.querySelectorAll('[data-place]')]
    .filter((row) => range.intersectsNode(row))
    .map((row) => rowText(row, range))
    .join('\n')
}

function rowText(row: Element, range: Range): string {
  const parts = [...row.querySelectorAll<HTMLElement>('[data-copied]')].filter((part) =>
    range.intersectsNode(part),
  )
  return parts
    .map((part, index) => {
      const separator = part.dataset.copied === 'line' ? '\n' : ' '
      return `${index === 0 ? '' : separator}${within(part, range)}`
    })
    .join('')
}

/** The part of a node's text that is in the range. */
function within(part: Node, range: Range): string {
  const inside = document.createRange()
  inside.selectNodeContents(part)
  if (range.compareBoundaryPoints(Range.START_TO_START, inside) > 0) {
    inside.setStart(range.startContainer, range.startOffset)
  }
  if (range.compareBoundaryPoints(Range.END_TO_END, inside) < 0) {
    inside.setEnd(range.endContainer, range.endOffset)
  }
  return inside.toString()
}
