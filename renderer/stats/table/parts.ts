import { lazyComponent } from '../../lazy/lazyComponent'

export const ChartTableDialog = lazyComponent(() => import('./ChartTableDialog.vue'), 'dialog')
