/** Splits `a=1,"b=2,3"` as Go's CSV reader does, which is how `--mount` and `--gpus` are read. */
export function splitCsv(text: string): string[] {
  const fields: string[] = []
  const pattern = /(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g
  for (const [, quoted, plain = ''] of text.matchAll(pattern)) {
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
  }
  return fields
}

/** Fields as one text that `splitCsv` splits into the same fields. */
export function joinCsv(fields: readonly string[]): string {
  return fields
    .map((field) => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(',')
}

/** `key=value` at the first `=`; a key alone has no value. */
export function splitPair(text: string, separator = '='): [key: string, value: string | null] {
  const at = text.indexOf(separator)
  return at === -1 ? [text, null] : [text.slice(0, at), text.slice(at + separator.length)]
}
