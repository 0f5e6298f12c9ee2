import { onScopeDispose } from 'vue'
import { containerSettings } from '../../../preload/contract/containerSettings'
import { useCreateDraft } from '../create/draft'
import { formOf, type CreateForm } from '../create/form'

/**
 * Lends the form of new containers to one that is there: what was typed in it is back when this scope is
 * left. Meanwhile that container's ports count as free.
 */
export function useLentDraft(id: string): void {
  const draft = useCreateDraft()
  const { masksOf } = draft
  const typed: CreateForm = {
    ...formOf(containerSettings.parse({ image: 'none' })),
    ...(JSON.parse(JSON.stringify(draft.form)) as Partial<CreateForm>),
  }
  draft.replaces = id
  onScopeDispose(() => {
    Object.assign(draft.form, typed)
    draft.masksOf = masksOf
    draft.replaces = undefined
    draft.tried = false
  })
}
