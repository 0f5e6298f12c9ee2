import type { Component } from 'vue'
import { createRouter, createWebHashHistory } from 'vue-router'
import ContainersPage from '../containers/ContainersPage.vue'
import { lazyPage } from '../lazy/lazyComponent'

/**
 * Addresses stand behind `#`, so that they work under any scheme and server. The first page is part of what is
 * loaded first; the others are loaded ahead when that one stands.
 */
export function createPageRouter() {
  return createRouter({
    history: createWebHashHistory(),
    routes: [
      { path: '/', redirect: '/containers' },
      {
        path: '/dashboard',
        name: 'dashboard',
        component: lazyPage(() => import('../dashboard/DashboardPage.vue')),
        meta: { needsEngine: true },
      },
      {
        path: '/containers/:id/terminal',
        name: 'terminals',
        component: lazyPage(() => import('../terminals/TerminalsPage.vue')),
        props: true,
        meta: { needsEngine: true },
      },
      {
        path: '/containers/create',
        name: 'create',
        component: lazyPage(() => import('../containers/create/CreatePage.vue')),
        meta: { needsEngine: true },
      },
      {
        path: '/containers/:id/edit',
        name: 'edit',
        component: lazyPage(() => import('../containers/edit/EditPage.vue')),
        props: true,
        meta: { needsEngine: true },
      },
      {
        path: '/containers/:id?',
        name: 'containers',
        // The linter knows the type of a .vue file only sometimes; vue-tsc always does.
        component: ContainersPage as Component,
        props: true,
        meta: { needsEngine: true },
      },
      {
        path: '/compare',
        name: 'compare',
        component: lazyPage(() => import('../compare/ComparePage.vue')),
        meta: { needsEngine: true },
      },
      {
        path: '/logs',
        name: 'logs',
        component: lazyPage(() => import('../logs/LogsPage.vue')),
        meta: { needsEngine: true },
      },
      {
        path: '/images/sharing',
        name: 'sharing',
        component: lazyPage(() => import('../layers/sharing/SharingPage.vue')),
        meta: { needsEngine: true },
      },
      {
        path: '/images/:id?',
        name: 'images',
        component: lazyPage(() => import('../images/ImagesPage.vue')),
        props: true,
        meta: { needsEngine: true },
      },
      {
        path: '/volumes/:id?',
        name: 'volumes',
        component: lazyPage(() => import('../volumes/VolumesPage.vue')),
        props: true,
        meta: { needsEngine: true },
      },
      {
        path: '/networks/:id?',
        name: 'networks',
        component: lazyPage(() => import('../networks/NetworksPage.vue')),
        props: true,
        meta: { needsEngine: true },
      },
      {
        path: '/registries/:host?',
        name: 'registries',
        component: lazyPage(() => import('../registries/RegistriesPage.vue')),
        props: true,
      },
      {
        path: '/alerts',
        name: 'alerts',
        component: lazyPage(() => import('../alerts/AlertsPage.vue')),
      },
      { path: '/jobs', name: 'jobs', component: lazyPage(() => import('../jobs/JobsPage.vue')) },
      {
        path: '/engines/:id',
        name: 'engine',
        component: lazyPage(() => import('../engines/details/EngineDetailsPage.vue')),
        props: true,
      },
      {
        path: '/all',
        name: 'all',
        component: lazyPage(() => import('../allEngines/AllEnginesPage.vue')),
        meta: { needsEngine: true },
      },
      {
        path: '/engines',
        name: 'engines',
        component: lazyPage(() => import('../engines/EnginesPage.vue')),
      },
      {
        path: '/settings',
        name: 'settings',
        component: lazyPage(() => import('../settings/SettingsPage.vue')),
      },
      { path: '/:unknown(.*)', redirect: '/containers' },
    ],
  })
}
