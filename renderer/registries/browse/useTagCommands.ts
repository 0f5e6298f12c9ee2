import { computed } from 'vue'
import { useCommands, type Command } from '../../shell/commands'
import type { MenuItem } from '../../ui/menu'

/** Offers in the palette what can be done with the tag that is open. */
export function useTagCommands(menu: () => readonly MenuItem[], name: () => string): void {
  useCommands(
    computed<Command[]>(() =>
      menu()
        .filter(({ disabled }) => disabled !== true)
        .map(({ id, label, icon, run }) => ({
          id: `registry-tag-${id}`,
          label,
          detail: name(),
          run,
          ...(icon && { icon }),
        })),
    ),
  )
}
