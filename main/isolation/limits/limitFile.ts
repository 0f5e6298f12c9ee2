import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Limit, LimitValue } from '../../../preload/contract/isolation'

/** A limit as a file tells it, and whether it restrains. */
export type ReadLimit = LimitValue & { set: boolean }

/** A kind of file in a cgroup's folder, and how its text is read. */
export interface LimitFile {
  /** The v1 hierarchy that it is in; not used on v2, where one folder has all. */
  controller: string
  /** Matches the file's whole name. */
  name: RegExp
  /**
   * The limits that stand in it; none where the text is not understood.
   *
   * @param text The file's, trimmed.
   * @param around Groups of `name`, and the texts of other files that it takes to understand it.
   */
  parse(text: string, around: Around): ReadLimit[]
  /** Another file of the same folder, given as `around.beside`. */
  beside?: string
  /** A limit of a cgroup above holds for the container too. */
  inherited?: true
}

export interface Around {
  groups: Readonly<Record<string, string>>
  beside: string | null
  /** The same file of the hierarchy's root: the machine's own value. Null where the root has none. */
  atRoot: string | null
}

/** A container's folder in a hierarchy, and the topmost one that is seen from here. */
export interface LimitPlace {
  folder: string
  root: string
}

/** Reads all limits of these kinds: the container's own, then those of the cgroups above. */
export async function readLimits(
  files: readonly LimitFile[],
  { folder, root }: LimitPlace,
): Promise<Limit[]> {
  const limits = await readFolder(files, folder, root, null)
  const inherited = files.filter((file) => file.inherited)
  for (let above = dirname(folder); isBelow(above, root); above = dirname(above)) {
    const found = await readFolder(inherited, above, root, above.slice(root.length))
    limits.push(...found.filter(({ set }) => set))
  }
  return limits
}

function isBelow(folder: string, root: string): boolean {
  return folder.startsWith(`${root}/`)
}

async function readFolder(
  files: readonly LimitFile[],
  folder: string,
  root: string,
  ancestor: string | null,
): Promise<Limit[]> {
  const names = await readdir(folder)
  const limits: Limit[] = []
  for (const file of files) {
    for (const name of names) {
      const match = file.name.exec(name)
      const raw = match && (await readText(join(folder, name)))
      if (!match || raw === null) continue
      const around = {
        groups: match.groups ?? {},
        beside: file.beside === undefined ? null : await readText(join(folder, file.beside)),
        atRoot: await readText(join(root, name)),
      }
      for (const limit of file.parse(raw, around)) {
        limits.push({ ...limit, file: join(folder, name), raw, ancestor })
      }
    }
  }
  return limits
}

/** Null where there is none, or none that can be read: a controller may be off, or refuse. */
async function readText(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch {
    return null
  }
}
