import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import { systemCodeOf } from '../systemFiles'

/** What the system said of a file that the person chose, in words; anything else stays as it is. */
export function asFileFailure(error: unknown, file: string): unknown {
  if (error instanceof Failure) return error
  const more = { engineMessage: error instanceof Error ? error.message : '', cause: error }
  switch (systemCodeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new Failure('not-found', say`There is no "${file}".`, {
        ...more,
        hint: say`Check the path; its folder must be there.`,
      })
    case 'EACCES':
    case 'EPERM':
      return new Failure('permission-denied', say`This user may not use "${file}".`, {
        ...more,
        hint: say`Choose another place, or change who may use the file and its folder.`,
      })
    case 'EROFS':
      return new Failure(
        'permission-denied',
        say`"${file}" lies on a disk that is read-only.`,
        more,
      )
    case 'ENAMETOOLONG':
    case 'EINVAL':
      return new Failure('invalid-input', say`"${file}" cannot be the name of a file.`, more)
    case 'ENOSPC':
    case 'EDQUOT':
      return new Failure('disk-full', say`There is no room left where "${file}" is.`, {
        ...more,
        hint: say`Free some space there, or choose another place.`,
      })
    case 'EFBIG':
      return new Failure('disk-full', say`The disk takes no file as large as "${file}".`, more)
    case 'ELOOP':
      return new Failure('invalid-input', say`"${file}" is a link that leads back to itself.`, more)
    case null:
    default:
      return error
  }
}
