import { explainExit as explain, type ExitFacts, type ExitKind } from '../../preload/contract/exits'

/** What an exit code means, as a key of the words and the signal it may name (0: none). */
export function explainExit(
  facts: Pick<ExitFacts, 'exitCode' | 'oomKilled'> & Partial<ExitFacts>,
): { key: `containers.exit.${ExitKind}`; signal: number } {
  const { kind, signal } = explain(facts)
  return { key: `containers.exit.${kind}`, signal }
}
