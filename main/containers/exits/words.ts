import { explainExit, type ExitFacts, type ExitKind } from '../../../preload/contract/exits'

const words: Record<ExitKind, string> = {
  ok: 'it ended without an error',
  error: 'its program ended with an error of its own',
  misuse: 'its program says that it was called in a wrong way',
  engine: 'the engine could not run it',
  notExecutable: 'its command cannot be executed',
  notFound: 'its command was not found in the image',
  interrupted: 'it was interrupted, as with Ctrl+C',
  aborted: 'it gave up by itself (SIGABRT)',
  outOfMemory: 'the kernel killed it because it used more memory than it may',
  perhapsOutOfMemory: 'it was killed, perhaps for want of memory',
  killed: 'it was killed (SIGKILL)',
  killedOnRequest: 'it was killed, as was asked for',
  crashed: 'it crashed (SIGSEGV)',
  brokenPipe: 'it wrote to something that nobody reads any more',
  terminated: 'it was asked to stop, and did',
  signal: 'it was ended by a signal',
  outOfRange: 'its program ended with an error of its own',
}

/** `Exit code 127: its command was not found in the image.` */
export function exitSentence(
  facts: Pick<ExitFacts, 'exitCode' | 'oomKilled'> & Partial<ExitFacts>,
): string {
  return `Exit code ${facts.exitCode}: ${words[explainExit(facts).kind]}.`
}
