import type { Component } from 'vue'
import { createRouter, createWebHashHistory } from 'vue-router'
import AlertsPage from '../alerts/AlertsPage.vue'
import AllEnginesPage from '../allEngines/AllEnginesPage.vue'
import ComparePage from '../compare/ComparePage.vue'
import CreatePage from '../containers/create/CreatePage.vue'
import EditPage from '../containers/edit/EditPage.vue'
import ContainersPage from '../containers/ContainersPage.vue'
import DashboardPage from '../dashboard/DashboardPage.vue'
import EngineDetailsPage from '../engines/details/EngineDetailsPage.vue'
import EnginesPage from '../engines/EnginesPage.vue'
import ImagesPage from '../images/ImagesPage.vue'
import JobsPage from '../jobs/JobsPage.vue'
import SharingPage from '../layers/sharing/SharingPage.vue'
import LogsPage from '../logs/LogsPage.vue'
import NetworksPage from '../networks/NetworksPage.vue'
import RegistriesPage from '../registries/RegistriesPage.vue'
import SettingsPage from '../settings/SettingsPage.vue'
import TerminalsPage from '../terminals/TerminalsPage.vue'
import VolumesPage from '../volumes/VolumesPage.vue'

/** The linter knows the type of a .vue file only sometimes; vue-tsc always does. */
const page = (component: unknown) => component as Component

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
        path: '/dashboard',
        name: 'dashboard',
        component: page(DashboardPage),
        meta: { needsEngine: true },
      },
      {
        path: '/containers/:id/terminal',
        name: 'terminals',
        component: page(TerminalsPage),
        props: true,
        meta: { needsEngine: true },
      },
      {
        path: '/containers/create',
        name: 'create',
        component: page(CreatePage),
        meta: { needsEngine: true },
      },
      {
        path: '/containers/:id/edit',
        name: 'edit',
        component: page(EditPage),
        props: true,
        meta: { needsEngine: true },
      },
      {
        path: '/containers/:id?',
        name: 'containers',
        component: page(ContainersPage),
        props: true,
        meta: { needsEngine: true },
      },
      {
        path: '/compare',
        name: 'compare',
        component: page(ComparePage),
        meta: { needsEngine: true },
      },
      { path: '/logs', name: 'logs', component: page(LogsPage), meta: { needsEngine: true } },
      {
        path: '/images/sharing',
        name: 'sharing',
        component: page(SharingPage),
        meta: { needsEngine: true },
      },
      {
        path: '/images/:id?',
        name: 'images',
        component: page(ImagesPage),
        props: true,
        meta: { needsEngine: true },
      },
      {
        path: '/volumes/:id?',
        name: 'volumes',
        component: page(VolumesPage),
        props: true,
        meta: { needsEngine: true },
      },
      {
        path: '/networks/:id?',
        name: 'networks',
        component: page(NetworksPage),
        props: true,
        meta: { needsEngine: true },
      },
      {
        path: '/registries/:host?',
        name: 'registries',
        component: page(RegistriesPage),
        props: true,
      },
      { path: '/alerts', name: 'alerts', component: page(AlertsPage) },
      { path: '/jobs', name: 'jobs', component: page(JobsPage) },
      {
        path: '/engines/:id',
        name: 'engine',
        component: page(EngineDetailsPage),
        props: true,
      },
      { path: '/all', name: 'all', component: page(AllEnginesPage), meta: { needsEngine: true } },
      { path: '/engines', name: 'engines', component: page(EnginesPage) },
      { path: '/settings', name: 'settings', component: page(SettingsPage) },
      { path: '/:unknown(.*)', redirect: '/containers' },
    ],
  })
}
