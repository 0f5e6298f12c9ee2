import { lazyComponent } from '../lazy/lazyComponent'

/** The dialogs of terminals, which are loaded apart from the pages that open them. */
export const CustomDialog = lazyComponent(() => import('./CustomDialog.vue'), 'dialog')
export const DebugDialog = lazyComponent(() => import('./DebugDialog.vue'), 'dialog')
export const TerminalSettings = lazyComponent(() => import('./TerminalSettings.vue'), 'dialog')
