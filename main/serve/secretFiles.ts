import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { LaunchError } from '../launch'
import { systemCodeOf } from '../systemFiles'

const mostBytes = 64 * 1024
/** 128 bits: 22 characters of base64, 32 of hexadecimal. */
const leastCharacters = 22
const leastHexadecimal = 32
/** 22 random characters of 64 have fewer different ones once in a billion times. */
const leastDifferent = 9

const howToMake = 'Make one with: (umask 077; head -c 32 /dev/urandom | base64 > token)'

/**
 * Reads the token that opens Longshore from afar. Throws `LaunchError` for one that others can read or
 * that could be guessed: it is as good as root's password.
 */
export async function readTokenFile(path: string): Promise<string> {
  const token = (await readPrivateFile('--token-file', path)).toString('utf8').trim()
  const least = /^[\da-f]*$/i.test(token) ? leastHexadecimal : leastCharacters
  if (!/^[\w+/=~.-]*$/.test(token)) {
    throw new LaunchError(`${path} is to hold a token on one line, and nothing else. ${howToMake}`)
  }
  if (token.length < least || new Set(token).size < leastDifferent) {
    throw new LaunchError(`The token in ${path} has less than 128 random bits. ${howToMake}`)
  }
  return token
}

/**
 * Reads a file that only its owner can: what `flag` names is a secret. The checks are made on the
 * opened file, so that none can be put in its place. Throws `LaunchError`. Windows tells neither
 * owner nor mode: there the folder's rights are all there is.
 */
export async function readPrivateFile(flag: string, path: string): Promise<Buffer> {
  const refuse = (why: string) => new LaunchError(`${flag} ${path}: ${why}`)
  // A link is not followed, and a pipe not waited for; Windows has neither flag.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const file = await open(path, flags).catch((error: unknown) => {
    const code = systemCodeOf(error) ?? String(error)
    if (code === 'ENOENT') throw refuse('there is no such file.')
    if (code === 'ELOOP') throw refuse('it is a link; name the file itself.')
    throw refuse(`it cannot be read (${code}).`)
  })
  try {
    const about = await file.stat()
    if (!about.isFile()) throw refuse('it is no file.')
    if (process.getuid && about.uid !== process.getuid()) {
      throw refuse('it belongs to another user.')
    }
    if (process.getuid && (about.mode & 0o077) !== 0) {
      throw refuse('other users can reach it. Make it yours alone: chmod 600')
    }
    if (about.size > mostBytes) throw refuse('it is too large.')
    return await file.readFile()
  } finally {
    await file.close()
  }
}
