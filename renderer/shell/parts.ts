import { lazyComponent } from '../lazy/lazyComponent'

export const ShortcutsDialog = lazyComponent(() => import('./ShortcutsDialog.vue'), 'dialog')
