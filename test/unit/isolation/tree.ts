import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { KernelRoots } from '../../../main/stats/cgroupPath'

export interface Tree extends KernelRoots {
  /** Removes a file, as when what it tells about has gone. */
  remove(path: string): void
}

/**
 * Unpacks one of trees/*.txt into a temporary folder for the time of a test: files after lines
 * `--- path`, links as lines `--- path -> target`. A zero byte is written as ␀.
 */
export function unpackTree(name: string): Tree {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-tree-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const text = readFileSync(join(import.meta.dirname, 'trees', `${name}.txt`), 'utf8')
  for (const file of text.split(/^--- /m).slice(1)) {
    const end = file.indexOf('\n')
    const [name = '', target] = file.slice(0, end).split(' -> ')
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    if (target !== undefined) symlinkSync(target, path)
    else writeFileSync(path, contentOf(name, file.slice(end + 1)))
  }
  return {
    procRoot: join(folder, 'proc'),
    sysRoot: join(folder, 'sys'),
    remove: (path) => rmSync(join(folder, path), { recursive: true }),
  }
}

/** A command line ends with a zero byte, or has nothing at all, and never a newline. */
function contentOf(name: string, text: string): string {
  return name.endsWith('/cmdline') ? text.trimEnd().replaceAll('␀', '\0') : text
}
