/** Hands a file to the browser, or to Electron, which asks or saves as the person has it set. */
export function download(content: Blob, name: string) {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has its own hold on the content by the next turn.
  setTimeout(() => URL.revokeObjectURL(address))
}

/** `longshore-web-1-2026-11-26T12-00-00.csv`: what every system takes as a file's name. */
export function fileName(subject: string, at: number, extension: string): string {
  const safe = subject.replace(/[^\w.-]+/g, '-').slice(0, 80)
  const moment = new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')
  return `longshore-${safe}-${moment}.${extension}`
}
