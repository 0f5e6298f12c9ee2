import { lazyComponent } from '../lazy/lazyComponent'

/** The dialogs of archives, which are loaded apart from the pages that open them. */
export const ExportDialog = lazyComponent(() => import('./ExportDialog.vue'), 'dialog')
export const OpenDialog = lazyComponent(() => import('./OpenDialog.vue'), 'dialog')
export const SaveDialog = lazyComponent(() => import('./SaveDialog.vue'), 'dialog')
