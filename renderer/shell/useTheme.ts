import { watchEffect } from 'vue'
import { useSettings } from '../settings/store'

/** Keeps the page's colours as the settings want them; `system` leaves the choice to CSS. */
export function useTheme() {
  const settings = useSettings()
  watchEffect(() => {
    const { theme } = settings.values
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  })
}
