/* eslint-disable @typescript-eslint/no-unsafe-assignment -- the linter cannot see the types of .vue files; vue-tsc can */
import { createRouter, createWebHashHistory } from 'vue-router'
import ContainersPage from '../containers/ContainersPage.vue'
import EnginesPage from '../engines/EnginesPage.vue'
import ImagesPage from '../images/ImagesPage.vue'
import JobsPage from '../jobs/JobsPage.vue'
import RegistriesPage from '../registries/RegistriesPage.vue'
import SettingsPage from '../settings/SettingsPage.vue'

/**
 * Addresses stand behind `#`, so that they work under any scheme and server. No page is loaded lazily:
 * a browser drops what it is loading whenever the machine's networks change (ERR_NETWORK_CHANGED), and
 * every container that starts changes them.
 */
export function createPageRouter() {
  return createRouter({
    history: createWebHashHistory(),
    routes: [
      { path: '/', redirect: '/containers' },
      {
        path: '/containers/:id?',
        name: 'containers',
        component: ContainersPage,
        props: true,
        meta: { needsEngine: true },
      },
      {
        path: '/images/:id?',
        name: 'images',
        component: ImagesPage,
        props: true,
        meta: { needsEngine: true },
      },
      { path: '/registries', name: 'registries', component: RegistriesPage },
      { path: '/jobs', name: 'jobs', component: JobsPage },
      { path: '/engines', name: 'engines', component: EnginesPage },
      { path: '/settings', name: 'settings', component: SettingsPage },
      { path: '/:unknown(.*)', redirect: '/containers' },
    ],
  })
}
