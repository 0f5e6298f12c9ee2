import { readFile, readdir } from 'node:fs/promises'

/** What stands in a JSON file of another program; null where there is none, or it cannot be read. */
export function readJson(file: string): Promise<unknown> {
  return readSettings(file, JSON.parse)
}

/** As `readJson`, with what reads the file's text. */
export async function readSettings(
  file: string,
  parse: (text: string) => unknown,
): Promise<unknown> {
  try {
    return parse(await readFile(file, 'utf8'))
  } catch {
    return null
  }
}

/** The names in a folder, sorted; none where it is not there, or cannot be read. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort()
  } catch {
    return []
  }
}
