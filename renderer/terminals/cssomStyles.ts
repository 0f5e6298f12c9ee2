/**
 * What xterm.js gets instead of style elements and style attributes (build/strictXterm.ts): the content
 * security policy allows neither, so that nothing which slips into the page as markup can dress it up,
 * and leaves styles that a script sets through the CSSOM alone.
 */

/** An element in place of a style element: its text becomes a style sheet of the page, until it goes. */
export function createStyle(): HTMLElement {
  const element = document.createElement('template')
  const sheet = new CSSStyleSheet()
  let text = ''
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  Object.defineProperty(element, 'textContent', {
    get: () => text,
    set(rules: string) {
      text = rules
      sheet.replaceSync(rules)
    },
  })
  element.remove = () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet)
    Element.prototype.remove.call(element)
  }
  return element
}

/** `element.setAttribute('style', declarations)`. */
export function setStyle(element: HTMLElement, declarations: string): void {
  element.style.cssText = declarations
}
