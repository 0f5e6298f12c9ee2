import { posix } from 'node:path'

/** As macOS and Windows compare names. */
export const folded = (path: string) => path.normalize('NFC').toLowerCase()

/** From the root on, without `.`; null for what leads out, or no system can have. */
export function innerName(name: string): string | null {
  if (name.startsWith('/') || name.includes('\0') || name.length > 4_096) return null
  const names = name.split('/').filter((each) => each !== '' && each !== '.')
  return names.some((each) => !isPlainName(each)) ? null : names.join('/')
}

/** The folder that a path of `innerName` is in; '' is the root. */
export function parentOf(path: string): string {
  const parent = posix.dirname(path)
  return parent === '.' ? '' : parent
}

/** On Windows a backslash parts names, and a colon begins a stream or follows a drive. */
function isPlainName(name: string): boolean {
  return name !== '..' && !(process.platform === 'win32' && /[<>:"|?*\\]/.test(name))
}

/**
 * Whether a link ends within the root, wherever the other links lead that do so too. `..` may stand only before
 * all else: behind the name of another link it would mean that one's parent.
 */
export function staysInside(path: string, target: string): boolean {
  if (target === '' || target.startsWith('/') || target.includes('\0')) return false
  const names = target.split('/').filter((each) => each !== '' && each !== '.')
  const ups = names.findIndex((each) => each !== '..')
  const leading = ups < 0 ? names.length : ups
  if (names.slice(leading).some((each) => !isPlainName(each))) return false
  return leading <= path.split('/').length - 1
}
