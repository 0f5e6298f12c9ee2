import { lazyComponent } from '../../lazy/lazyComponent'

/** The tabs of a container's details, which need more than the list: charts, terminals, trees. */
export const ChartsTab = lazyComponent(() => import('./ChartsTab.vue'))
export const FilesBrowser = lazyComponent(() => import('../../files/FilesBrowser.vue'))
export const InspectTab = lazyComponent(() => import('./InspectTab.vue'))
export const IsolationTab = lazyComponent(() => import('../../isolation/IsolationTab.vue'))
export const LogsTab = lazyComponent(() => import('../../logs/LogsTab.vue'))
export const ProcessesTab = lazyComponent(() => import('../../processes/ProcessesTab.vue'))
export const TerminalPanel = lazyComponent(() => import('../../terminals/TerminalPanel.vue'))
