import type { EngineReport } from '../../../preload/contract/engineFacts'
import { getJson } from '../getJson'
import type { EngineLink } from '../handshake'
import { maskFacts, rawText } from './masked'

/** Asks an engine what it is; `reveal` shows in its own answers what is masked otherwise. */
export async function askFacts(
  { client, dialect }: Pick<EngineLink, 'client' | 'dialect'>,
  reveal: boolean,
  signal?: AbortSignal,
): Promise<EngineReport> {
  const asked = Object.entries(dialect.facts.paths).map(async ([name, path]) => {
    return [name, await getJson(client, path, { signal })] as const
  })
  const answers = Object.fromEntries(await Promise.all(asked))
  return {
    askedAt: Date.now(),
    facts: maskFacts(dialect.facts.read(answers)),
    rawJson: rawText(answers, reveal),
  }
}
