import type { Engine } from '../../../preload/contract/engines'
import { useReconnect } from '../useReconnect'
import { useHostKeyDialog } from './store'

/** Asks about the key that stands between the app and an engine; once it is trusted, the engine is tried again. */
export function useHostKeyCheck() {
  const hostKeys = useHostKeyDialog()
  const { reconnect } = useReconnect()

  return async function check({ id, problem }: Pick<Engine, 'id' | 'problem'>): Promise<void> {
    if (problem && (await hostKeys.ask(problem))) await reconnect(id)
  }
}
