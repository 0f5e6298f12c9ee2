import { ClipboardList, FolderOpen } from '@lucide/vue'
import { computed } from 'vue'
import { useCommands, type Command } from '../shell/commands'
import { useWords } from '../words'
import { useDiagnostics } from './useDiagnostics'

/** Offers in the palette what helps to find a fault. */
export function useDesktopCommands(): void {
  const { t } = useWords()
  const { copyDiagnostics } = useDiagnostics()
  const bridge = window.longshore
  useCommands(
    computed<Command[]>(() => [
      {
        id: 'diagnostics-copy',
        label: t('desktop.diagnostics.copy'),
        icon: ClipboardList,
        run: copyDiagnostics,
      },
      ...(bridge
        ? [
            {
              id: 'diagnostics-folder',
              label: t('desktop.diagnostics.openFolder'),
              icon: FolderOpen,
              run: () => bridge.openLogFolder(),
            },
          ]
        : []),
    ]),
  )
}
