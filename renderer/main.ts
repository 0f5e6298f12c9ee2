import { createPinia } from 'pinia'
import { createApp, type Component } from 'vue'
import { z } from 'zod'
import { provideApi } from './api'
import App from './App.vue'
import { createLink } from './link'
import { createPageRouter } from './shell/router'
import { words } from './words'

// Zod would try `new Function`, which the content security policy forbids and reports.
z.config({ jitless: true })

const app = createApp(App as Component)
provideApi(app, createLink())
app.use(createPinia()).use(createPageRouter()).use(words)
app.mount('#app')
