import { createORPCClient } from '@orpc/client'
import { inject, readonly, type App, type InjectionKey } from 'vue'
import type { Api } from '../preload/contract'
import { linkKey, type Link } from './link'

export { useLiveCollection } from './live'

const apiKey: InjectionKey<Api> = Symbol('api')

/** Gives the whole app its way to main. Called once, before anything is mounted. */
export function provideApi(app: App, link: Link) {
  app.provide(apiKey, createORPCClient<Api>(link))
  app.provide(linkKey, readonly(link.state))
}

/** Everything that can be asked of main; for components, their composables and Pinia stores. */
export function useApi(): Api {
  const api = inject(apiKey)
  if (!api) throw new Error('provideApi was not called')
  return api
}
