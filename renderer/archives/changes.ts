import { importChange } from '../../preload/contract/archives'
import { splitShellWords } from '../../preload/contract/shellWords'

export interface ImportChanges {
  changes: string[]
  /** Lines that are no such instruction. */
  badLines: string[]
  badCommand: boolean
}

/** What the form says, as Dockerfile instructions. The command is a line as a shell quotes it. */
export function importChanges(command: string, text: string): ImportChanges {
  const split = splitShellWords(command)
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  const fits = (line: string) => importChange.safeParse(line).success
  return {
    changes: [
      ...(split.ok && split.words.length > 0 ? [`CMD ${JSON.stringify(split.words)}`] : []),
      ...lines.filter(fits),
    ],
    badLines: lines.filter((line) => !fits(line)),
    badCommand: !split.ok,
  }
}
