import { createPinia } from 'pinia'
import { createApp, type Component } from 'vue'
import { languageOf } from '../preload/contract/settings'
import { provideApi } from './api'
import { createLink } from './link'
import AppRoot from './session/AppRoot.vue'
import { tellUse } from './session/tellUse'
import { createPageRouter } from './shell/router'
import { words } from './words'
import { showLanguage } from './words/language'

/** Puts the app into the page, in the first of the person's languages until their choice is known. */
export async function start(): Promise<void> {
  // The page stands in English where the words cannot be loaded.
  await showLanguage(languageOf('system', navigator.languages)).catch(() => undefined)
  const app = createApp(AppRoot as Component)
  provideApi(app, createLink())
  app.use(createPinia()).use(createPageRouter()).use(words)
  app.mount('#app')
  if (!window.longshore) tellUse()
}
