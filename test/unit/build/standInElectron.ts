import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/**
 * A folder with what packaging and fuses touch of an Electron, whose binary may not be had here: a
 * program with the fuse wire (https://github.com/electron/fuses): its version, its length, and one
 * character for each fuse.
 *
 * @param fuses How many the wire has; all are on.
 * @returns The program's path.
 */
export async function makeStandInElectron(folder: string, fuses = 9): Promise<string> {
  const program = join(folder, 'electron')
  await mkdir(join(dirname(program), 'resources'), { recursive: true })
  const wire = Buffer.from([1, fuses, ...Buffer.from('1'.repeat(fuses))])
  await writeFile(program, Buffer.concat([Buffer.from(`ELF${SENTINEL}`), wire, Buffer.from('end')]))
  await chmod(program, 0o755)
  return program
}
