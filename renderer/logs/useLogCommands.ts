import {
  ArrowDownToLine,
  ArrowUpToLine,
  Clock,
  Copy,
  EyeOff,
  History,
  Maximize2,
  Pause,
  Save,
  WrapText,
} from '@lucide/vue'
import { computed, type Ref } from 'vue'
import { useCommands, type Command } from '../shell/commands'
import { useWords } from '../words'
import type { LogOptions } from './useLogOptions'

interface Actions {
  following: Readonly<Ref<boolean>>
  follow: () => void
  stop: () => void
  toStart: () => void
  jump: () => void
  save: () => void
  copyAll: () => unknown
  clear: () => void
  /** Undefined where it is a page already. */
  openPage: (() => void) | undefined
}

/** What can be done with the log on screen, for the palette. */
export function useLogCommands({ wrap, timestamps }: LogOptions, actions: Actions) {
  const { t } = useWords()

  useCommands(
    computed((): Command[] => [
      actions.following.value
        ? { id: 'log-stop', label: t('logs.palette.stop'), icon: Pause, run: actions.stop }
        : {
            id: 'log-follow',
            label: t('logs.palette.follow'),
            icon: ArrowDownToLine,
            run: actions.follow,
          },
      {
        id: 'log-beginning',
        label: t('logs.palette.beginning'),
        icon: ArrowUpToLine,
        run: actions.toStart,
      },
      {
        id: 'log-wrap',
        label: t(wrap.value ? 'logs.palette.unwrap' : 'logs.palette.wrap'),
        icon: WrapText,
        run: () => (wrap.value = !wrap.value),
      },
      {
        id: 'log-timestamps',
        label: t(timestamps.value ? 'logs.palette.noTimestamps' : 'logs.palette.timestamps'),
        icon: Clock,
        run: () => (timestamps.value = !timestamps.value),
      },
      { id: 'log-jump', label: t('logs.palette.jump'), icon: History, run: actions.jump },
      { id: 'log-save', label: t('logs.palette.save'), icon: Save, run: actions.save },
      { id: 'log-copy', label: t('logs.palette.copy'), icon: Copy, run: actions.copyAll },
      { id: 'log-clear', label: t('logs.palette.clear'), icon: EyeOff, run: actions.clear },
      ...(actions.openPage
        ? [
            {
              id: 'log-page',
              label: t('logs.palette.page'),
              icon: Maximize2,
              run: actions.openPage,
            },
          ]
        : []),
    ]),
  )
}
