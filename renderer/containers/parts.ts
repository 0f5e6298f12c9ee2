import { lazyComponent } from '../lazy/lazyComponent'

/** What the list of containers opens, and is not loaded with it. */
export const ContainerDetails = lazyComponent(() => import('./details/ContainerDetails.vue'))
export const LimitsLoader = lazyComponent(() => import('./limits/LimitsLoader.vue'))
export const RecreationForm = lazyComponent(() => import('./recreation/RecreationForm.vue'))
export const CommitDialog = lazyComponent(() => import('./commit/CommitDialog.vue'), 'dialog')
