import { createRouterClient } from '@orpc/server'
import type { Api } from '../../preload/contract'
import type { AppRouter } from './router'
import { clientInterceptors } from './interceptors'

/**
 * The router for main's own use: the desktop shell's tray and links ask for what the page asks for,
 * with the same checks of what goes in and the same errors coming out.
 */
export function createInProcessClient(router: AppRouter): Api {
  return createRouterClient(router, { interceptors: clientInterceptors })
}
