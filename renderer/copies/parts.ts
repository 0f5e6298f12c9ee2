import { lazyComponent } from '../lazy/lazyComponent'

/** The dialog is loaded apart from the app, in which it can be opened everywhere. */
export const CopyDialog = lazyComponent(() => import('./CopyDialog.vue'), 'dialog')
