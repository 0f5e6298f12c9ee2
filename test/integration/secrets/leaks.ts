import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

/**
 * Where secrets are found, as "place: file"; also in base64, as logins travel.
 *
 * @param written The texts by their files.
 * @param secrets Each by the place where it was planted.
 * @param keepers The places whose secret a file is meant to hold.
 */
export function leaks(
  written: ReadonlyMap<string, string>,
  secrets: Readonly<Record<string, string>>,
  keepers: Readonly<Record<string, string[]>>,
): string[] {
  return Object.entries(secrets).flatMap(([place, secret]) => {
    if (secret.length < 8) throw new Error(`Nothing to look for was planted in ${place}.`)
    const forms = [secret, Buffer.from(secret).toString('base64').replace(/=+$/, '')]
    return [...written].flatMap(([file, text]) => {
      const kept = keepers[file]?.includes(place) === true
      return !kept && forms.some((form) => text.includes(form)) ? [`${place}: ${file}`] : []
    })
  })
}

/** Every file below a folder, by its path there, byte for byte. */
export async function filesBelow(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return new Map(
    await Promise.all(
      files.map(async ({ parentPath, name }): Promise<[string, string]> => {
        const file = join(parentPath, name)
        return [relative(folder, file), await readFile(file, 'latin1')]
      }),
    ),
  )
}

/** Runs what is to fail, and keeps its error. */
export type Fails = (work: Promise<unknown>) => Promise<void>

/** All that an error carries to the page. */
export function plain(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  return [error.name, error.message, Object.entries(error)]
}
