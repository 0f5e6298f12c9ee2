import { createPinia } from 'pinia'
import { createApp, type Component } from 'vue'
import { provideApi } from './api'
import { createLink } from './link'
import AppRoot from './session/AppRoot.vue'
import { tellUse } from './session/tellUse'
import { createPageRouter } from './shell/router'
import { words } from './words'

/** Puts the app into the page. */
export function start(): void {
  const app = createApp(AppRoot as Component)
  provideApi(app, createLink())
  app.use(createPinia()).use(createPageRouter()).use(words)
  app.mount('#app')
  if (!window.longshore) tellUse()
}
