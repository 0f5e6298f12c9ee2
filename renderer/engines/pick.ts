import type { Engine } from '../../preload/contract/engines'

/**
 * Which engine the pages show. The remembered one wins if it is there. Otherwise the one shown until
 * now stays as long as it has ever answered, so that a restarting engine does not throw the person
 * onto another; then the first that is connected, then the first.
 */
export function pickEngine(
  engines: readonly Engine[],
  rememberedId: string | null,
  shownId: string | null,
): Engine | null {
  return (
    engines.find((engine) => engine.id === rememberedId) ??
    engines.find((engine) => engine.id === shownId && engine.lastHeardAt !== null) ??
    engines.find((engine) => engine.state === 'connected') ??
    engines[0] ??
    null
  )
}
