import { useApi } from '../api'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'
import type { AnchoredList } from './useAnchoredList'
import type { Earlier } from './useEarlier'
import type { OpenLog } from './useOpenLog'

/**
 * Brings the first line at or after a moment to the upper edge.
 *
 * @param reach Sees to it that a place is shown.
 */
export function useJump(
  log: OpenLog,
  list: AnchoredList,
  earlier: Earlier,
  reach: (place: number) => void,
) {
  const api = useApi()
  const toasts = useToasts()
  const { t } = useWords()

  /** True when the moment may lie in what is not read yet. */
  async function mayBeEarlier(moment: number): Promise<boolean> {
    if (!earlier.unread.value) return false
    const from = log.all.value.from
    const answer = await log.call((logId) => api.logs.lines({ logId, from, count: 1 }))
    const at = answer?.lines[0]?.at
    return at == null || Date.parse(at) > moment
  }

  async function go(moment: number): Promise<void> {
    const found = await log.call((logId) => api.logs.placeAt({ logId, moment }))
    if (found) {
      reach(found.place)
      list.goTo(found.place)
      return
    }
    list.follow()
    toasts.show({ tone: 'info', text: t('logs.jump.none') })
  }

  return async function jumpTo(moment: number): Promise<void> {
    if (!(await mayBeEarlier(moment))) return go(moment)
    list.toTop()
    await earlier.withAll(() => go(moment))
  }
}
