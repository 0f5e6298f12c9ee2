import type { Language } from './settings'

const en = {
  dashboard: 'Dashboard',
  containers: 'Containers',
  images: 'Images',
  volumes: 'Volumes',
  networks: 'Networks',
  registries: 'Registries',
  alerts: 'Alerts',
  jobs: 'Jobs',
  engines: 'Engines',
  settings: 'Settings',
}

const de: typeof en = {
  dashboard: 'Übersicht',
  containers: 'Container',
  images: 'Images',
  volumes: 'Volumes',
  networks: 'Netzwerke',
  registries: 'Registries',
  alerts: 'Alarme',
  jobs: 'Aufträge',
  engines: 'Engines',
  settings: 'Einstellungen',
}

/** What the pages are called, in the page's rail as in the native menu. */
export const pageNames: Record<Language, typeof en> = { en, de }
