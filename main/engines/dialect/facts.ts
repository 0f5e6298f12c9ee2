import type { EngineFacts, EngineWarning } from '../../../preload/contract/engineFacts'

/** The facts as an engine tells them: nothing is masked, and warnings are texts. */
export type ToldFacts = Omit<EngineFacts, 'warnings'> & { warnings: EngineWarning['text'][] }

export interface FactsDialect {
  /** The routes that are asked, by the names that their answers have. */
  paths: Readonly<Record<string, string>>
  /** Reads the answers, whatever they leave out. */
  read(answers: Readonly<Record<string, unknown>>): ToldFacts
}
