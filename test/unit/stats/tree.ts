import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

export interface Tree {
  procRoot: string
  sysRoot: string
  /** Of the container in it. */
  id: string
  pid: number
  /** True where a file's name ends so. */
  has(fileName: string): boolean
  read(fileName: string): string
  /** Adds to the first number after a word of a file (0: to the one that it begins with). */
  add(fileName: string, after: string | 0, amount: number): void
  /** Replaces a file below the cgroup mounts, named by its end. */
  write(fileName: string, text: string): void
}

/** Like the files that the trees stand for, they are best in memory: tests rewrite them often. */
const memoryFolder = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/**
 * Unpacks one of trees/*.txt into a temporary folder for the time of a test. The files are separated
 * by lines `--- path`; the comment before the first one says where the tree comes from.
 */
export function unpackTree(name: string): Tree {
  const folder = mkdtempSync(join(memoryFolder, 'longshore-tree-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const text = readFileSync(join(import.meta.dirname, 'trees', `${name}.txt`), 'utf8')
  const paths: string[] = []
  for (const file of text.split(/^--- /m).slice(1)) {
    const end = file.indexOf('\n')
    const path = join(folder, file.slice(0, end))
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, file.slice(end + 1))
    paths.push(path)
  }
  const [, pid, cgroups = ''] = /^--- proc\/(\d+)\/cgroup\n([^]*?)^---/m.exec(`${text}---`) ?? []
  const pathOf = (fileName: string): string => {
    const path = paths.find((candidate) => candidate.endsWith(fileName))
    if (path === undefined) throw new Error(`The tree ${name} has no ${fileName}.`)
    return path
  }
  return {
    procRoot: join(folder, 'proc'),
    sysRoot: join(folder, 'sys'),
    id: cgroups.match(/[0-9a-f]{64}/g)?.at(-1) ?? '',
    pid: Number(pid),
    has: (fileName) => paths.some((path) => path.endsWith(fileName)),
    read: (fileName) => readFileSync(pathOf(fileName), 'utf8'),
    add(fileName, after, amount) {
      const path = pathOf(fileName)
      const text = readFileSync(path, 'utf8')
      const at = after === 0 ? 0 : text.indexOf(after) + after.length
      const number = /\d+/.exec(text.slice(at))
      if (!number) throw new Error(`${fileName} of ${name} has no number there.`)
      const begin = at + number.index
      const sum = String(Number(number[0]) + amount)
      writeFileSync(path, text.slice(0, begin) + sum + text.slice(begin + number[0].length))
    },
    write(fileName, content) {
      writeFileSync(pathOf(fileName), content)
    },
  }
}
