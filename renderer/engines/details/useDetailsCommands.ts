import { ClipboardCopy, HardDrive, RefreshCw } from '@lucide/vue'
import { useCommands } from '../../shell/commands'
import { useWords } from '../../words'

/** What the palette offers on the page of an engine's facts. */
export function useDetailsCommands(run: {
  refresh: () => unknown
  copyFacts: () => unknown
  measure: () => unknown
}): void {
  const { t } = useWords()
  useCommands([
    {
      id: 'engine-facts-copy',
      label: t('engines.details.copy'),
      icon: ClipboardCopy,
      run: run.copyFacts,
    },
    {
      id: 'engine-facts-refresh',
      label: t('engines.details.refreshCommand'),
      icon: RefreshCw,
      run: run.refresh,
    },
    {
      id: 'engine-disk-measure',
      label: t('engines.details.disk.command'),
      icon: HardDrive,
      run: run.measure,
    },
  ])
}
