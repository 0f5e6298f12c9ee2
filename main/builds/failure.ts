import { say } from '../../preload/contract/say'
import { diskFull, Failure } from '../errors'

/**
 * A build that failed, with the last lines that the failing command printed before the builder's own words.
 *
 * @param instruction - null where it failed before a step began
 */
export function buildFailure(
  words: string,
  instruction: string | null,
  lastOutput: readonly string[],
): Failure {
  const engineMessage = [...lastOutput, words].join('\n')
  if (/no space left on device/i.test(words)) return diskFull({ engineMessage })
  if (instruction === null) {
    return new Failure('engine-error', say`The build failed.`, { engineMessage })
  }
  return new Failure('engine-error', say`The build failed at: ${instruction}`, {
    hint: say`The last lines of what it printed are below; the log has more.`,
    engineMessage,
  })
}
