/** True if every word of what is searched for is in the text, in whatever case. */
export function hasEveryWord(text: string, search: string): boolean {
  const inText = text.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => inText.includes(word))
}
