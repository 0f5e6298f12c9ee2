import { computed, shallowRef, type Ref } from 'vue'
import type { MenuItem } from '../menu'

interface Menus<Row> {
  menuOf: (row: Row) => MenuItem[]
  menuOfSeveral: (rows: readonly Row[]) => MenuItem[]
}

/**
 * The context menu of a table: about the row that it was asked for on, or about all chosen ones if that is
 * one of them. It tells of the rows as they are now, and nothing of one that is gone.
 */
export function useRowMenu<Row extends { id: string }>(
  rows: () => readonly Row[],
  selected: Readonly<Ref<ReadonlySet<string>>>,
  { menuOf, menuOfSeveral }: Menus<Row>,
) {
  const askedId = shallowRef<string | null>(null)

  const menu = computed(() => {
    if (askedId.value === null) return []
    const asked = rows().find(({ id }) => id === askedId.value)
    if (asked === undefined) return []
    if (!selected.value.has(asked.id)) return menuOf(asked)
    const chosen = rows().filter(({ id }) => selected.value.has(id))
    return chosen.length === 1 ? menuOf(asked) : menuOfSeveral(chosen)
  })

  function ask({ id }: Row): void {
    askedId.value = id
  }

  return { menu, ask }
}
