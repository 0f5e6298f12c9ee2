import { isUtf8 } from 'node:buffer'
import { randomBytes } from 'node:crypto'
import type { FileEntry } from '../../preload/contract/files'
import { fromUnixMode } from './fileMode'
import { inside, type Place } from './place'
import { isMissingProgram, runProgram } from './program'

/**
 * The entries of a folder as `find` and `stat` of the container tell them, GNU's or busybox's. Null where it
 * has no such programs, or they may not look: then the archive tells.
 *
 * Names may hold anything but `/` and NUL. What parts them is random and new each time, so that no name can
 * hold it.
 *
 * @param onMissing told where asking again is in vain
 */
export async function listByPrograms(
  place: Place,
  path: string,
  signal: AbortSignal,
  onMissing: () => void,
): Promise<FileEntry[] | null> {
  const mark = randomBytes(12).toString('hex')
  const plain = inside(place, path)
  // A folder even where a link leads to it; and nothing that begins with a dash.
  const folder = `${plain === '/' ? '' : plain}/.`
  const end = await runProgram(
    place,
    [
      ...['find', folder, '-mindepth', '1', '-maxdepth', '1'],
      ...['-exec', 'stat', '-c', `${mark} %f %s %u %g %Y %U %G %n${mark}%N`, '{}', '+'],
    ],
    { signal },
  )
  if (isMissingProgram(end)) {
    onMissing()
    return null
  }
  // What vanishes between `find` and `stat` is no failure.
  const failed = end.exitCode !== 0 && !onlyVanished(end.errors)
  return failed ? null : parseListing(end.output, mark, folder)
}

function onlyVanished(errors: string): boolean {
  const lines = errors.trim().split('\n')
  return lines.every((line) => /^stat: .*No such file or directory$/.test(line))
}

/** @param folder what stands before each name, without the slash */
export function parseListing(output: Buffer, mark: string, folder: string): FileEntry[] {
  const start = Buffer.from(`${mark} `)
  const entries: FileEntry[] = []
  let at = output.indexOf(start)
  while (at >= 0) {
    const next = output.indexOf(start, at + start.length)
    const record = output.subarray(at + start.length, next < 0 ? undefined : next)
    const entry = parseRecord(record, Buffer.from(mark), folder)
    if (entry) entries.push(entry)
    at = next
  }
  return entries
}

/** `%f %s %u %g %Y %U %G %n`, the mark, `%N` and a line break. */
function parseRecord(record: Buffer, mark: Buffer, folder: string): FileEntry | null {
  const parted = record.indexOf(mark)
  if (parted < 0) return null
  const told = record.subarray(0, parted).toString('latin1')
  // The name of a user holds no space (passwd(5)).
  const [fields, bits = '', size, uid, gid, seconds, user = '', group = ''] =
    /^([0-9a-f]+) (\d+) (\d+) (\d+) (-?\d+) (\S+) (\S+) /.exec(told) ?? []
  if (fields === undefined) return null
  const path = record.subarray(fields.length, parted)
  const name = path.subarray(Buffer.byteLength(folder) + 1)
  const mode = fromUnixMode(Number.parseInt(bits, 16))
  return {
    name: name.toString('utf8'),
    inexact: !isUtf8(name),
    ...mode,
    sizeBytes: mode.kind === 'file' ? Number(size) : null,
    uid: Number(uid),
    gid: Number(gid),
    user: known(user),
    group: known(group),
    modifiedAt: Number(seconds) * 1_000,
    linkTarget: mode.kind === 'link' ? targetOf(record.subarray(parted + mark.length), path) : '',
  }
}

/** What `stat` writes for a number that no file of names has. */
const known = (name: string) => (name === 'UNKNOWN' || name === '?' ? null : name)

/** `name -> target` of GNU with literal quoting, `'name' -> 'target'` of busybox. */
function targetOf(quoted: Buffer, path: Buffer): string {
  const end = quoted.length - 1
  const bare = path.length + Buffer.byteLength(' -> ')
  const isQuoted = quoted[0] === 0x27
  return (isQuoted ? quoted.subarray(bare + 3, end - 1) : quoted.subarray(bare, end)).toString(
    'utf8',
  )
}
