import type { ExitFacts } from '../../../preload/contract/exits'
import { bytes, duration } from '../../format'
import type { useWords } from '../../words'
import { explainExit } from '../exit'

type Words = ReturnType<typeof useWords>['t']
type Known = Pick<ExitFacts, 'exitCode' | 'oomKilled'> & Partial<ExitFacts>

/** What an exit code means. */
export function exitMeaning(facts: Known, t: Words): string {
  const { key, signal } = explainExit(facts)
  return t(key, { signal })
}

/** `Exit code 127. Its command was not found…`, in one line. */
export function exitLine(facts: Known, t: Words): string {
  return `${t('containers.exit.title', { code: facts.exitCode })}. ${exitMeaning(facts, t)}`
}

/** The code with what it means; then what else is known of the end, a sentence each. */
export function exitText(facts: Known, t: Words): string[] {
  return [exitLine(facts, t), ...exitFactsText(facts, t)]
}

/** What is known of an end beside its code. */
export function exitFactsText(
  { ranMillis, memory, oomKilled, exitCode }: Known,
  t: Words,
): string[] {
  const isMemorys = oomKilled || exitCode === 137
  return [
    ...(memory && isMemorys
      ? [
          t('containers.exit.memory', {
            highest: bytes(memory.highestBytes),
            limit: bytes(memory.limitBytes),
          }),
        ]
      : []),
    ...(ranMillis === null || ranMillis === undefined
      ? []
      : [t('containers.exit.ran', { duration: duration(ranMillis) })]),
  ]
}
