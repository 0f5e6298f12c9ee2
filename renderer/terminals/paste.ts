/**
 * A text from the clipboard as it may be typed into a terminal: without control characters, which a page that
 * it was copied from may have hidden in it. Tabs and line breaks stay.
 */
export function pastable(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
}

/** The lines that a shell would run at once, each as soon as it is pasted. Empty: it would run none. */
export function linesRun(text: string): string[] {
  return text.includes('\n') ? text.replace(/\n+$/, '').split('\n') : []
}
