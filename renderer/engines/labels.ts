import type { Engine } from '../../preload/contract/engines'
import { engineProduct } from './states'

type Named = Pick<Engine, 'id' | 'name' | 'kind' | 'version' | 'endpoint'>

/**
 * What to call each engine where several stand together: its name; with what it is, where two are called the
 * same, as Docker and Podman of one host are; with its address, where that does not tell them apart either.
 */
export function engineLabels(engines: readonly Named[]): ReadonlyMap<string, string> {
  const byName = tally(engines.map(({ name }) => name))
  const withProduct = (engine: Named) =>
    [engine.name, engineProduct({ ...engine, version: null }) || engine.endpoint].join(' · ')
  const byProduct = tally(engines.map(withProduct))
  return new Map(
    engines.map((engine) => {
      if (byName.get(engine.name) === 1) return [engine.id, engine.name]
      const longer = withProduct(engine)
      return [
        engine.id,
        byProduct.get(longer) === 1 ? longer : `${engine.name} · ${engine.endpoint}`,
      ]
    }),
  )
}

function tally(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}
