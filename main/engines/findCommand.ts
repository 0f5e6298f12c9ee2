import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** The full path of a command on the PATH; null where it is not installed. */
export async function findCommand(
  name: string,
  path: string | undefined = process.env['PATH'],
): Promise<string | null> {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : ['']
  for (const folder of (path ?? '').split(delimiter)) {
    for (const ending of endings) {
      const file = join(folder, name + ending)
      const runs = await access(file, constants.X_OK).then(
        () => true,
        () => false,
      )
      if (folder !== '' && runs) return file
    }
  }
  return null
}
