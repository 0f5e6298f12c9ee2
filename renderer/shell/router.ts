import { createRouter, createWebHashHistory } from 'vue-router'

/** Addresses stand behind `#`, so that they work under any scheme and server. */
export function createPageRouter() {
  return createRouter({
    history: createWebHashHistory(),
    routes: [
      { path: '/', redirect: '/containers' },
      {
        path: '/containers/:id?',
        name: 'containers',
        component: () => import('../containers/ContainersPage.vue'),
        props: true,
        meta: { needsEngine: true },
      },
      {
        path: '/images/:id?',
        name: 'images',
        component: () => import('../images/ImagesPage.vue'),
        props: true,
        meta: { needsEngine: true },
      },
      {
        path: '/registries',
        name: 'registries',
        component: () => import('../registries/RegistriesPage.vue'),
      },
      { path: '/jobs', name: 'jobs', component: () => import('../jobs/JobsPage.vue') },
      { path: '/engines', name: 'engines', component: () => import('../engines/EnginesPage.vue') },
      {
        path: '/settings',
        name: 'settings',
        component: () => import('../settings/SettingsPage.vue'),
      },
      { path: '/:unknown(.*)', redirect: '/containers' },
    ],
  })
}
