import type { MenuItem } from '../ui/menu'
import type { Command } from './commands'

/**
 * The items of a menu that can be chosen now, as the palette offers them.
 *
 * @param area Begins their ids: `volumes`.
 * @param detail What they act on.
 */
export function menuCommands(area: string, items: readonly MenuItem[], detail?: string): Command[] {
  return items
    .filter(({ disabled }) => disabled !== true)
    .map(({ id, label, icon, run }) => ({
      id: `${area}-${id}`,
      label,
      run: () => void run(),
      ...(detail !== undefined && { detail }),
      ...(icon && { icon }),
    }))
}
