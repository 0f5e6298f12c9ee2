import { useClipboard } from '@vueuse/core'
import type { Engine } from '../../../preload/contract/engines'
import type { EngineReport } from '../../../preload/contract/engineFacts'
import { useToasts } from '../../ui/useToasts'
import { useWords } from '../../words'
import { engineProduct } from '../states'
import { factGroups } from './factGroups'
import { factsText } from './factsText'

/** Copies all facts as text; main has masked what is secret in them. */
export function useCopyFacts(
  engine: () => Engine | undefined,
  report: () => EngineReport | null,
): () => Promise<void> {
  const { t } = useWords()
  const toasts = useToasts()
  const { copy } = useClipboard({ legacy: true })

  return async function copyFacts() {
    const [of, told] = [engine(), report()]
    if (!of || !told) return
    const { facts, askedAt } = told
    const heading = [
      `${of.name}, ${engineProduct(of)}`,
      `${t('engines.details.facts.address')}: ${of.endpoint}`,
      new Date(askedAt).toISOString(),
    ]
    const warnings = {
      title: t('engines.details.warnings.title'),
      none: `  ${t('engines.details.none')}`,
      all: facts.warnings,
    }
    try {
      await copy(factsText(heading, factGroups(facts, t), warnings, t('engines.details.notTold')))
      toasts.show({ tone: 'good', text: t('engines.details.copied') })
    } catch (error) {
      toasts.problem(error)
    }
  }
}
