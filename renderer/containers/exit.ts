import type { Key } from '../words'

interface Exit {
  exitCode: number
  oomKilled: boolean
}

type ExitKey = Extract<Key, `containers.exit.${string}`>

/** Codes with a meaning of their own: docker's (125 to 127), and 128 + the signal that ended it. */
const known: Readonly<Record<number, ExitKey>> = {
  0: 'containers.exit.ok',
  125: 'containers.exit.engine',
  126: 'containers.exit.notExecutable',
  127: 'containers.exit.notFound',
  130: 'containers.exit.interrupted',
  134: 'containers.exit.aborted',
  137: 'containers.exit.killed',
  139: 'containers.exit.crashed',
  143: 'containers.exit.terminated',
}

/** What an exit code means, as a key of the words and the signal it may name. */
export function explainExit({ exitCode, oomKilled }: Exit): { key: ExitKey; signal: number } {
  const signal = exitCode > 128 && exitCode < 193 ? exitCode - 128 : 0
  if (oomKilled) return { key: 'containers.exit.outOfMemory', signal }
  const fallback = signal > 0 ? 'containers.exit.signal' : 'containers.exit.error'
  return { key: known[exitCode] ?? fallback, signal }
}
