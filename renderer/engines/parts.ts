import { lazyComponent } from '../lazy/lazyComponent'

/** What is loaded apart from the app, in which it stands everywhere. */
export const EngineDialog = lazyComponent(() => import('./form/EngineDialog.vue'), 'dialog')
export const HostKeyDialog = lazyComponent(() => import('./hostKey/HostKeyDialog.vue'), 'dialog')
export const NoEngine = lazyComponent(() => import('./NoEngine.vue'), 'page')
