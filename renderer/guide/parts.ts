import { lazyComponent } from '../lazy/lazyComponent'

/** Loaded when it is opened: most never see it again. */
export const GuideDialog = lazyComponent(() => import('./GuideDialog.vue'), 'dialog')
