import { lazily } from '../../lazy/lazily'

/** The container that is being put together, for what can open its page from everywhere. */
export async function loadCreateDraft() {
  const { useCreateDraft } = await lazily(() => import('./draft'))
  return useCreateDraft()
}
