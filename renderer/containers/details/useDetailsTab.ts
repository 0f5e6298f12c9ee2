import { useAddressTab } from '../../ui/useAddressTab'
import { useWords } from '../../words'

const ids = [
  'overview',
  'charts',
  'logs',
  'terminal',
  'files',
  'processes',
  'isolation',
  'inspect',
] as const

/** The open tab of a container's details, and all of them. */
export function useDetailsTab() {
  const { t } = useWords()
  const tabs = ids.map((id) => ({ id, label: t(`containers.details.tabs.${id}`) }))
  return { tabs, tab: useAddressTab(ids) }
}
