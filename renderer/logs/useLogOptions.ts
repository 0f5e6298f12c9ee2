import { computed, type WritableComputedRef } from 'vue'
import type { LogView } from '../../preload/contract/settings'
import { useSettings } from '../settings/store'

/** How logs are shown, remembered for all of them. */
export function useLogOptions() {
  const settings = useSettings()

  const option = (name: keyof LogView): WritableComputedRef<boolean> =>
    computed({
      get: () => settings.values.logView[name],
      set: (on) => settings.change({ logView: { ...settings.values.logView, [name]: on } }),
    })

  return { wrap: option('wrap'), timestamps: option('timestamps'), utc: option('utc') }
}

export type LogOptions = ReturnType<typeof useLogOptions>
