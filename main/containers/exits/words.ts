import { explainExit, type ExitFacts, type ExitKind } from '../../../preload/contract/exits'
import { say } from '../../../preload/contract/say'

const words: Record<ExitKind, () => string> = {
  ok: () => say`it ended without an error`,
  error: () => say`its program ended with an error of its own`,
  misuse: () => say`its program says that it was called in a wrong way`,
  engine: () => say`the engine could not run it`,
  notExecutable: () => say`its command cannot be executed`,
  notFound: () => say`its command was not found in the image`,
  interrupted: () => say`it was interrupted, as with Ctrl+C`,
  aborted: () => say`it gave up by itself (SIGABRT)`,
  outOfMemory: () => say`the kernel killed it because it used more memory than it may`,
  perhapsOutOfMemory: () => say`it was killed, perhaps for want of memory`,
  killed: () => say`it was killed (SIGKILL)`,
  killedOnRequest: () => say`it was killed, as was asked for`,
  crashed: () => say`it crashed (SIGSEGV)`,
  brokenPipe: () => say`it wrote to something that nobody reads any more`,
  terminated: () => say`it was asked to stop, and did`,
  signal: () => say`it was ended by a signal`,
  outOfRange: () => say`its program ended with an error of its own`,
}

/** `Exit code 127: its command was not found in the image.` */
export function exitSentence(
  facts: Pick<ExitFacts, 'exitCode' | 'oomKilled'> & Partial<ExitFacts>,
): string {
  return say`Exit code ${facts.exitCode}: ${words[explainExit(facts).kind]()}.`
}
