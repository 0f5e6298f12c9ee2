/**
 * What the desktop shell (menus, tray, links) asks of the page. Plain checks without zod: preload,
 * which passes these on, holds nothing but itself.
 */

/** The pages of the rail, in its order; Ctrl+1 is the first. */
export const pageIds = [
  'dashboard',
  'containers',
  'images',
  'volumes',
  'networks',
  'registries',
  'alerts',
  'jobs',
  'engines',
  'settings',
] as const

/** What the native menus can choose: commands of the palette by their ids, and keys of the page. */
export const menuCommands = [
  ...pageIds.map((id) => `page-${id}` as const),
  'palette',
  'find',
  'guide',
  'shortcuts',
  'containers-create',
  'images-pull',
  'images-open',
  'theme-system',
  'theme-light',
  'theme-dark',
  'diagnostics-copy',
] as const
export type MenuCommand = (typeof menuCommands)[number]

export const containerViews = ['overview', 'logs', 'terminal'] as const
export type ContainerView = (typeof containerViews)[number]

export type ShellMessage =
  | { kind: 'command'; id: MenuCommand }
  /** `engineId` null: of the engine that is shown. */
  | { kind: 'container'; engineId: string | null; idOrName: string; view: ContainerView }
  /** The containers of an engine. */
  | { kind: 'engine'; engineId: string }
  /** An image of the engine that is shown. */
  | { kind: 'image'; reference: string }
  /** Opens the dialog with this name in it; the person decides. */
  | { kind: 'pull'; reference: string }
  /** A `longshore://` link that means nothing. */
  | { kind: 'bad-link' }

/** The message as it may be acted on; null for anything else. */
export function readShellMessage(value: unknown): ShellMessage | null {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return null
  const given = value as Record<string, unknown>
  switch (given['kind']) {
    case 'command': {
      const id = menuCommands.find((known) => known === given['id'])
      return id ? { kind: 'command', id } : null
    }
    case 'container': {
      const { engineId, idOrName } = given
      const view = containerViews.find((known) => known === given['view'])
      const engineFits = engineId === null || isShortText(engineId)
      if (!view || !engineFits || !isShortText(idOrName)) return null
      return { kind: 'container', engineId, idOrName, view }
    }
    case 'engine':
      return isShortText(given['engineId']) ? { kind: 'engine', engineId: given['engineId'] } : null
    case 'image':
    case 'pull':
      return isShortText(given['reference'])
        ? { kind: given['kind'], reference: given['reference'] }
        : null
    case 'bad-link':
      return { kind: 'bad-link' }
    default:
      return null
  }
}

const isShortText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= 512
