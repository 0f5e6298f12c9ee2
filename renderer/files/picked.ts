import { MOST_UPLOADED } from '../../preload/contract/files'
import type { PickedFile } from './dialogs'

/** What was chosen with a button, as flat files or with the folder that they are in. */
export function pickedOf(list: FileList): PickedFile[] {
  const files = [...list]
  const folders = new Set<string>()
  for (const { webkitRelativePath: path } of files) {
    const names = path.split('/').slice(0, -1)
    for (const at of names.keys()) folders.add(names.slice(0, at + 1).join('/'))
  }
  return [
    ...[...folders].sort().map((path) => ({ path, file: null })),
    ...files.map((file) => ({ path: file.webkitRelativePath || file.name, file })),
  ]
}

/**
 * What was dropped, with all that is in its folders. To be called while the drop is handled: what was dropped
 * is only told then.
 */
export async function droppedOf(items: DataTransferItemList): Promise<PickedFile[]> {
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  const picked: PickedFile[] = []
  for (const entry of entries) await collect(entry, '', picked)
  return picked
}

async function collect(entry: FileSystemEntry, folder: string, into: PickedFile[]): Promise<void> {
  if (into.length > MOST_UPLOADED) return
  const path = folder === '' ? entry.name : `${folder}/${entry.name}`
  if (isFile(entry)) {
    into.push({
      path,
      file: await new Promise<File>((resolve, reject) => entry.file(resolve, reject)),
    })
  } else if (isFolder(entry)) {
    into.push({ path, file: null })
    for (const child of await childrenOf(entry)) await collect(child, path, into)
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

/** A reader gives a hundred at a time, and then none. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return all
    all.push(...some)
  }
}
