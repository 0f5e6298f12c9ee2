import {
  Bell,
  Container,
  Gauge,
  HardDrive,
  Layers,
  ListChecks,
  Network,
  Plug,
  Settings,
  Warehouse,
} from '@lucide/vue'

/** The pages of the rail, top to bottom; Ctrl+1 is the first. */
export const pages = [
  { id: 'dashboard', path: '/dashboard', icon: Gauge, needsEngine: true },
  { id: 'containers', path: '/containers', icon: Container, needsEngine: true },
  { id: 'images', path: '/images', icon: Layers, needsEngine: true },
  { id: 'volumes', path: '/volumes', icon: HardDrive, needsEngine: true },
  { id: 'networks', path: '/networks', icon: Network, needsEngine: true },
  { id: 'registries', path: '/registries', icon: Warehouse, needsEngine: false },
  { id: 'alerts', path: '/alerts', icon: Bell, needsEngine: false },
  { id: 'jobs', path: '/jobs', icon: ListChecks, needsEngine: false },
  { id: 'engines', path: '/engines', icon: Plug, needsEngine: false },
  { id: 'settings', path: '/settings', icon: Settings, needsEngine: false },
] as const

export type PageId = (typeof pages)[number]['id']

/** Pages beside the rail's own, that are reached from one of those. */
const beside: Partial<Record<string, PageId>> = {
  logs: 'containers',
  compare: 'containers',
  all: 'engines',
}

/** The rail's page that an address belongs to: `/containers/create` to the containers. */
export function pageAt(path: string): PageId | undefined {
  const first = path.split('/')[1] ?? ''
  return beside[first] ?? pages.find(({ id }) => id === first)?.id
}
