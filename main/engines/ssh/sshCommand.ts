import { execFile } from 'node:child_process'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { say } from '../../../preload/contract/say'
import { abortReason } from '../../deadline'
import { Failure } from '../../errors'
import { exists } from '../../systemFiles'
import type { SshHost } from '../endpoint'
import { findCommand } from '../findCommand'
import type { Surroundings } from '../places'

/** Each setting's values by its name in small letters; some come several times. */
export type SshAnswers = ReadonlyMap<string, string[]>

/** `Match exec` may run what takes a while. */
const answerMillis = 10_000

/** What `ssh -G` says of a host; null where ssh is not installed. Throws `invalid-input` with its words for why not. */
export async function askSsh(
  { user, host, port }: SshHost,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<SshAnswers | null> {
  const ssh = await findCommand('ssh', surroundings.env['PATH'])
  if (ssh === null) return null
  const args = [
    '-G',
    ...(await settingsFile(surroundings)),
    ...(user === null ? [] : ['-l', user]),
    ...(port === null ? [] : ['-p', String(port)]),
    // What follows is never taken for an option.
    ...['--', host],
  ]
  return readAnswers(await run(ssh, args, surroundings, signal))
}

/** ssh takes the home of the user database, whatever `HOME` says; a home that is another is told to it. */
async function settingsFile({ home }: Surroundings): Promise<string[]> {
  if (home === userInfo().homedir) return []
  const file = join(home, '.ssh', 'config')
  return ['-F', (await exists(file)) ? file : 'none']
}

function run(
  ssh: string,
  args: string[],
  { env }: Surroundings,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env, signal, timeout: answerMillis, maxBuffer: 1024 * 1024 }
    const child = execFile(ssh, args, options, (error, output, complaint) => {
      if (!error) return resolve(output)
      if (signal.aborted) return reject(abortReason(signal))
      reject(
        new Failure('invalid-input', say`ssh's own settings for this host cannot be read.`, {
          hint: say`Mend ~/.ssh/config: "ssh -G" and the host's name shows the same.`,
          engineMessage: complaint.trim() || error.message,
          cause: error,
        }),
      )
    })
    child.stdin?.end()
  })
}

/** Each line is a name, a space, and the value. */
export function readAnswers(output: string): SshAnswers {
  const answers = new Map<string, string[]>()
  for (const line of output.split(/\r?\n/)) {
    const [, name, value] = /^(\S+) (.+)$/.exec(line) ?? []
    if (name && value) answers.set(name.toLowerCase(), [...(answers.get(name) ?? []), value])
  }
  return answers
}
